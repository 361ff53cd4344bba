package io.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.directory.Parking.Cause;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.UnusedCommandGateway;
import io.gatehouse.tenant.Connections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Nothing that is parked is lost by two acts at the same time. */
class ParkedReplayTest {

  private static final EventOrigin WEBHOOK = new EventOrigin("webhook", "e1", "00u1", null);

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");
  private final Parking parking = gateway.bean(Parking.class);
  private final Caller caller = caller();
  private final UUID ada = UUID.randomUUID();

  @Test
  void whatFailsAgainWhileItIsReplayedStaysParked() {
    Envelope first = parked(Cause.BRAKE);
    UUID key = queue().key();

    int sent = replay(command -> parked(Cause.BRAKE)).replay(key, false);

    assertThat(sent).isEqualTo(1);
    assertThat(parking.first(key, 10)).hasSize(1);
    assertThat(parking.first(key, 10).get(0).envelope().id()).isNotEqualTo(first.id());
  }

  @Test
  void whatIsBeingReplayedIsNotDiscarded() {
    parked(Cause.BROKEN);
    UUID key = queue().key();
    List<Integer> answers = new ArrayList<>();

    replay(
            command ->
                answers.add(gateway.admin("POST", "/parked/" + key + "/discard", null).status()))
        .replay(key, false);

    assertThat(answers).containsExactly(409);
    assertThat(gateway.admin("POST", "/parked/" + key + "/discard", null).status())
        .as("it was replayed")
        .isEqualTo(404);
  }

  @Test
  void whatAnEndedReplayLeftIsDiscardedAfterAMinute() {
    parked(Cause.BROKEN);
    UUID key = queue().key();
    parking.open(key);
    assertThat(parking.discard(key, false)).isZero();

    gateway.sql(
        "update parked_command set opened_at = now() - interval '2 minutes' where key = ?", key);

    assertThat(parking.discard(key, false)).isEqualTo(1);
    assertThat(replay(command -> {}).replay(key, false)).isZero();
  }

  @Test
  void aRejectedWaveSendsWhatHasWaitedBehindIt() {
    parked(Cause.BRAKE);
    Envelope behind = parked(Cause.BEHIND);
    List<Command> sent = new ArrayList<>();

    replay(sent::add).discardBraked(UUID.fromString(idp.connection()));

    assertThat(sent).containsExactly(behind.command());
    assertThat(parking.queues(List.of(idp.tenant()))).isEmpty();
  }

  /** A broker that was away may have left some parked. */
  @Test
  void theSameDecisionAgainSendsWhatIsParkedStill() {
    UUID connection = UUID.fromString(idp.connection());
    String brake = "/connections/" + connection + "/brake";
    gateway.sql("insert into brake (connection_id, tripped_at) values (?, now())", connection);
    assertThat(gateway.admin("POST", brake + "/allow", null).status()).isEqualTo(200);
    parked(Cause.BRAKE);
    assertThat(gateway.admin("GET", brake, null).json().path("parked").asInt()).isEqualTo(1);

    assertThat(gateway.admin("POST", brake + "/allow", null).status()).isEqualTo(200);

    assertThat(gateway.admin("GET", brake, null).json().path("parked").asInt()).isZero();
    assertThat(gateway.admin("POST", brake + "/reject", null).status()).isEqualTo(409);
  }

  @Test
  void aTenantSeesItsOwnHoweverMuchOthersHaveParked() {
    parked(Cause.BROKEN);
    String other = gateway.connection("okta").tenant();

    assertThat(gateway.admin("GET", "/parked?tenant=" + idp.tenant(), null).json()).hasSize(1);
    assertThat(gateway.admin("GET", "/parked?tenant=" + other, null).json()).isEmpty();
    assertThat(gateway.admin("GET", "/parked?tenant=nobody", null).status()).isEqualTo(400);
  }

  private Parking.Queue queue() {
    return parking.queues(List.of(idp.tenant())).get(0);
  }

  private Envelope parked(Cause cause) {
    Command command = new Command.Delete(ResourceType.USER, ada, null);
    Envelope envelope =
        new Envelope(
            CommandId.next(Instant.now()),
            caller,
            command,
            new Envelope.Trace("i1", Instant.now(), "", List.of(), WEBHOOK));
    parking.park(envelope, cause);
    return envelope;
  }

  private Caller caller() {
    UUID tenant =
        gateway.bean("connections", Connections.class).tenant(idp.tenant()).orElseThrow().id();
    return new Caller(tenant, idp.tenant(), UUID.fromString(idp.connection()), "okta");
  }

  private ParkedReplay replay(Consumer<Command> sent) {
    return new ParkedReplay(parking, new Sent(sent));
  }

  /** Takes the commands of a replay. */
  private static final class Sent extends UnusedCommandGateway {

    private final Consumer<Command> commands;

    Sent(Consumer<Command> commands) {
      this.commands = commands;
    }

    @Override
    public void send(CommandId id, Caller caller, Command command, EventOrigin origin) {
      commands.accept(command);
    }
  }
}
