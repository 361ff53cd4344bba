package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.Instance;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.FairShares;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.PendingOutcomes;
import io.gatehouse.directory.Directory.Applied;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.junit.jupiter.api.Test;

/** What an instance learns of the requests of others from the commands that it applies for them. */
class OutcomeNotifierTest {

  private final FairShares shares =
      new FairShares(new FairShares.Size(8, 8, Duration.ofMillis(1)), () -> 0);
  private final OutcomeNotifier unit =
      new OutcomeNotifier(
          new Instance("here"),
          new PendingOutcomes(shares, Duration.ofSeconds(1)),
          null,
          new ActiveMQJMSConnectionFactory("tcp://localhost:1"));
  private final Caller noisy = caller();

  @Test
  void leavesPlacesToATenantThatCallsAnotherInstance() {
    unit.wake(List.of(applied(caller(), "elsewhere")));

    assertThat(places()).isEqualTo(4);
  }

  @Test
  void leavesNoneToAnImport() {
    unit.wake(List.of(applied(caller(), "import")));

    assertThat(places()).isEqualTo(6);
  }

  private int places() {
    int places = 0;
    while (shares.take(noisy, false).isPresent()) {
      places++;
    }
    return places;
  }

  private static Caller caller() {
    UUID id = UUID.randomUUID();
    return new Caller(id, "acme", id, "standard");
  }

  private static Applied applied(Caller caller, String instance) {
    CommandId id = CommandId.next(Instant.EPOCH);
    Command command = new Command.Create(ResourceType.USER, id.value(), Json.object());
    return new Applied(
        new Envelope(
            id, caller, command, new Envelope.Trace(instance, Instant.EPOCH, "", List.of())),
        new Outcome.Deleted(id.value()));
  }
}
