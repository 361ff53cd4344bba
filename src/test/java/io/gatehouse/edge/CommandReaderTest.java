package io.gatehouse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schemas;
import io.gatehouse.support.ScimClient;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The command that a request asks for. */
class CommandReaderTest {

  private final CommandReader unit = new CommandReader(new Slow(), "here");

  /** One that is older than the reading of its body may count as heard before it is applied. */
  @Test
  void hasAnIdThatIsNewerThanTheReadingOfItsBody() {
    Envelope envelope = unit.envelope(create());

    assertThat(envelope.id().value().toString())
        .isGreaterThan(envelope.command().target().toString());
  }

  private static ScimRequest create() {
    ObjectNode settings = Json.object();
    Caller caller = new Caller(UUID.randomUUID(), "acme", UUID.randomUUID(), "standard");
    ScimRequest.Client client =
        new ScimRequest.Client(
            caller, settings, Schemas.STANDARD, "seal", new WrittenResponses().call());
    ScimRequest.Line line = new ScimRequest.Line("POST", "Users", Map.of(), "http://localhost");
    return new ScimRequest(
        client, line, ScimRequest.Conditions.NONE, ScimClient.user("ada"), List.of());
  }

  /** A second passes whenever the time is asked for. */
  private static final class Slow extends Clock {

    private Instant now = Instant.parse("2026-11-03T09:15:00Z");

    @Override
    public Instant instant() {
      now = now.plusSeconds(1);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
