package io.gatehouse.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.IdpWebhookCaller;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events in any order, a fifth of them twice, end like the same events in order and once. */
class StormTest {

  static final long SEED = Long.getLong("seed", System.nanoTime());

  @Test
  void endsAsIfNothingHadBeenMixedUp() {
    withstand(Gateway.shared(), 300, 40);
  }

  static void withstand(Gateway gateway, int events, int people) {
    try (Storm storm = new Storm(gateway, SEED, people)) {
      List<JsonNode> happened = storm.happen(events);
      IdpWebhookCaller orderly = storm.company();
      IdpWebhookCaller stormy = storm.company();

      storm.tell(orderly, happened);
      storm.tell(stormy, storm.shuffled(happened));

      assertThat(storm.state(orderly)).as("in order, seed " + SEED).isEqualTo(storm.truth());
      assertThat(storm.state(stormy)).as("mixed up, seed " + SEED).isEqualTo(storm.truth());
      storm.assertOneEffectEach(stormy);
    }
  }
}
