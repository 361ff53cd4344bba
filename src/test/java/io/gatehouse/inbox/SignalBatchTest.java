package io.gatehouse.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels on the queue of signals. */
class SignalBatchTest {

  private static final Instant TIME = Instant.parse("2026-11-03T09:20:11.007Z");

  @Test
  void readsWhatItWrites() {
    List<Signal> all =
        Arrays.stream(Kind.values())
            .map(
                it ->
                    new Signal(
                        it,
                        new EventRef("e1", TIME),
                        new About("7", "ada@example.com", "g1"),
                        Json.object().put("userName", "ada@example.com")))
            .toList();
    SignalBatch batch = new SignalBatch(new UUID(1, 2), all);

    assertThat(SignalBatch.of(batch.text())).isEqualTo(batch);
  }

  @Test
  void readsWhatSaysLittle() {
    Signal little =
        new Signal(Kind.USER_CHANGED, new EventRef(null, null), new About("7", null, null), null);

    assertThat(SignalCodec.decode(SignalCodec.encode(little))).isEqualTo(little);
    assertThat(Json.text(SignalCodec.encode(little)))
        .isEqualTo("{\"kind\":\"USER_CHANGED\",\"id\":\"7\"}");
  }

  @Test
  void ignoresWhatALaterVersionAdds() {
    ObjectNode later =
        Json.stored(new SignalBatch(new UUID(1, 2), List.of()).text()).put("new", true);

    assertThat(SignalBatch.of(Json.text(later)).signals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"v\":2}",
        "{\"v\":1,\"connection\":\"x\"}",
        "{\"v\":1,\"connection\":\"0-0-0-0-1\",\"signals\":[{\"kind\":\"WHAT\"}]}"
      })
  void refusesWhatIsNoBundle(String text) {
    assertThatThrownBy(() -> SignalBatch.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
