package io.gatehouse.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.inbox.Signal.Source;
import io.gatehouse.scim.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels on the queue of signals. */
class BundleTest {

  private static final Instant TIME = Instant.parse("2026-11-03T09:20:11.007Z");

  @Test
  void readsWhatItWrites() {
    List<Signal> all =
        Arrays.stream(Kind.values())
            .map(
                it ->
                    new Signal(
                        it,
                        new Source("e1", TIME),
                        new About("7", "ada@example.com", "g1"),
                        Json.object().put("userName", "ada@example.com")))
            .toList();
    Bundle bundle = new Bundle(new UUID(1, 2), all);

    assertThat(Bundle.of(bundle.text())).isEqualTo(bundle);
  }

  @Test
  void readsWhatSaysLittle() {
    Signal little =
        new Signal(Kind.USER_CHANGED, new Source(null, null), new About("7", null, null), null);

    assertThat(SignalCodec.decode(SignalCodec.encode(little))).isEqualTo(little);
    assertThat(Json.text(SignalCodec.encode(little)))
        .isEqualTo("{\"kind\":\"USER_CHANGED\",\"id\":\"7\"}");
  }

  @Test
  void ignoresWhatALaterVersionAdds() {
    ObjectNode later = Json.stored(new Bundle(new UUID(1, 2), List.of()).text()).put("new", true);

    assertThat(Bundle.of(Json.text(later)).signals()).isEmpty();
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
    assertThatThrownBy(() -> Bundle.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
