package io.gatehouse.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels on the queue. */
class EnvelopeCodecTest {

  private static final UUID ID = new UUID(1, 2);
  private static final ObjectNode ADA = Json.object().put("userName", "Ada");

  @ParameterizedTest
  @MethodSource("commands")
  void readsWhatItWrites(Command command) {
    Envelope envelope = envelope(command);

    assertThat(EnvelopeCodec.decode(EnvelopeCodec.encode(envelope))).isEqualTo(envelope);
  }

  @Test
  void readsAProbeOfAVersionThatWroteItAsACommandOfItsOwn() {
    Envelope probe = envelope(new Command.Probe(ID));
    ObjectNode before = Json.stored(EnvelopeCodec.encode(probe)).put("op", "probe");
    before.remove("probe");

    assertThat(EnvelopeCodec.decode(Json.text(before))).isEqualTo(probe);
  }

  @Test
  void ignoresWhatALaterVersionAdds() {
    String text = EnvelopeCodec.encode(envelope(new Command.Delete(ResourceType.USER, ID, null)));

    ObjectNode later = Json.stored(text).put("new", true);

    assertThat(EnvelopeCodec.decode(Json.text(later)).command().target()).isEqualTo(ID);
  }

  @Test
  void readsACreateOfAVersionThatDidNotSayWhoComesBack() {
    Leeway nobody = Leeway.NONE.recognising(new RestoreCriteria(false, false));
    Envelope now = envelope(new Command.Create(ResourceType.USER, ID, ADA, nobody));
    ObjectNode before = Json.stored(EnvelopeCodec.encode(now));
    before.remove("recognises");

    assertThat(EnvelopeCodec.decode(Json.text(before))).isEqualTo(now);
  }

  /** One that puts aside what it cannot read would put aside each probe of its neighbour. */
  @Test
  void writesAProbeThatAGatewayWithoutProbesCanApplyAndFindsNobodyFor() {
    Envelope probe = envelope(new Command.Probe(ID));
    String text = EnvelopeCodec.encode(probe);
    ObjectNode before = Json.stored(text);
    before.remove("probe");

    assertThat(EnvelopeCodec.decode(text)).isEqualTo(probe);
    assertThat(EnvelopeCodec.decode(Json.text(before)).command())
        .isEqualTo(new Command.Lifecycle(ID, LifecycleAction.PURGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"v\":2}", "{\"v\":1}", "{\"v\":1,\"id\":\"x\"}"})
  void refusesWhatIsNoEnvelope(String text) {
    assertThatThrownBy(() -> EnvelopeCodec.decode(text)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void ordersByResourceAndCreatesByName() {
    assertThat(envelope(new Command.Delete(ResourceType.USER, ID, null)).orderingKey())
        .isEqualTo(ID + ":" + ID);
    assertThat(envelope(new Command.Create(ResourceType.USER, ID, ADA)).orderingKey())
        .isEqualTo(ID + ":ada");
  }

  private static Stream<Command> commands() {
    PatchOperation remove =
        new PatchOperation(PatchOperation.Kind.REMOVE, "title", Json.object().path("none"));
    return Stream.of(
        new Command.Create(ResourceType.USER, ID, ADA),
        new Command.Create(
            ResourceType.USER, ID, ADA, Leeway.NONE.recognising(new RestoreCriteria(false, true))),
        new Command.Replace(ResourceType.USER, ID, ADA, Leeway.NONE, "W/\"1\""),
        new Command.Modify(ResourceType.USER, ID, List.of(remove), Leeway.NONE, null),
        new Command.Delete(ResourceType.USER, ID, "*"));
  }

  private static Envelope envelope(Command command) {
    return new Envelope(
        new CommandId(ID),
        new Caller(ID, "acme", ID, "entra"),
        command,
        new Envelope.Trace("i", Instant.parse("2026-11-03T09:15:00Z"), "f", List.of("quirk path")));
  }
}
