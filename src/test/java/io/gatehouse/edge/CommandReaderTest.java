package io.gatehouse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.command.Envelope;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.ScimRequests;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
    return ScimRequests.of("standard", "POST", "Users", ScimClient.user("ada"));
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
