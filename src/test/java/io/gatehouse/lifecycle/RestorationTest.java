package io.gatehouse.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.Origin;
import io.gatehouse.command.OriginScope;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.ScimError;
import io.gatehouse.support.UnusedCommandGateway;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The restoration of many users, without a queue. */
class RestorationTest {

  private static final Origin HERE = new Origin("192.0.2.1", "session 1", null);

  private final Commands commands = new Commands();
  private final Restoration restoration = new Restoration(commands, () -> Optional.of(HERE));
  private final Caller caller = Caller.admin(UUID.randomUUID(), "acme");
  private final List<UUID> users = Stream.generate(UUID::randomUUID).limit(200).toList();

  @Test
  void triesNoOthersAfterAnOutage() {
    commands.status = 503;

    List<Restoration.Result> results = restoration.restore(caller, users);

    assertThat(results).extracting(Restoration.Result::user).containsExactlyElementsOf(users);
    assertThat(results).allMatch(it -> it.status() == 503 && it.problem() != null);
    assertThat(commands.origins).hasSizeLessThan(50);
  }

  @Test
  void goesOnAfterAnotherRefusal() {
    commands.status = 409;
    assertThat(restoration.restore(caller, users)).allMatch(it -> it.status() == 409);
    assertThat(commands.origins).hasSize(200);
  }

  @Test
  void takesTheOriginOfTheCallAlong() {
    commands.status = 409;
    restoration.restore(caller, users);
    assertThat(commands.origins).containsOnly(Optional.of(HERE));
    assertThat(OriginScope.current()).isEmpty();
  }

  /** Refuses every command. */
  private static final class Commands extends UnusedCommandGateway {

    final ConcurrentLinkedQueue<Optional<Origin>> origins = new ConcurrentLinkedQueue<>();
    volatile int status;

    @Override
    public Outcome submit(Caller caller, Command command) {
      origins.add(OriginScope.current());
      return new Outcome.Refused(new ScimError(status, null, "Refused."));
    }
  }
}
