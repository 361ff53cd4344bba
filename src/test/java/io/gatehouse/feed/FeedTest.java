package io.gatehouse.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the ledger of a {@link FeedRun} would find. */
class FeedTest {

  @Test
  void wouldNoticeAnEventThatIsMissing() {
    assertThat(ledger(1, 2, 4).broken()).containsEntry("ada", List.of(1L, 2L, 4L));
  }

  @Test
  void wouldNoticeAnEventThatCameTooEarly() {
    assertThat(ledger(1, 3, 2).broken()).isNotEmpty();
  }

  @Test
  void wouldNoticeAVersionThatIsAnnouncedTwice() {
    assertThat(ledger(1, 2, 2).broken()).isNotEmpty();
  }

  @Test
  void toleratesAnEventThatIsDeliveredTwice() {
    Ledger ledger = ledger(1, 2);
    ledger.add(event(0, 1));

    assertThat(ledger.broken()).isEmpty();
    assertThat(ledger.duplicates()).isEqualTo(1);
  }

  private static Ledger ledger(long... versions) {
    Ledger ledger = new Ledger();
    for (int i = 0; i < versions.length; i++) {
      ledger.add(event(i, versions[i]));
    }
    return ledger;
  }

  private static ObjectNode event(int number, long version) {
    ObjectNode event = Json.object().put("id", "event " + number);
    event.put("type", "gatehouse.user.updated.v1").put("resourceversion", String.valueOf(version));
    event.putObject("data").put("id", "ada");
    return event;
  }
}
