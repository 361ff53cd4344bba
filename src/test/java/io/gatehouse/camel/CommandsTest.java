package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.FairShares;
import io.gatehouse.command.Hearing;
import io.gatehouse.command.Waiting;
import io.gatehouse.directory.Outcomes;
import io.gatehouse.directory.StoreUnavailableException;
import io.gatehouse.scim.ResourceType;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a request is told of its command when no outcome comes. */
class CommandsTest {

  private final Hearing hearing = new Hearing();
  private final Envelope envelope =
      new Envelope(
          CommandId.next(Instant.EPOCH),
          new Caller(new UUID(1, 1), "acme", new UUID(2, 2), "standard"),
          new Command.Delete(ResourceType.USER, new UUID(3, 3), null),
          new Envelope.Trace("here", Instant.EPOCH, "fingerprint", List.of()));

  @Test
  void countsTheOutcomeAsUnheardWhenTheStoreCannotBeAskedForIt() {
    Commands commands = new Commands(waiting(), awayStore(), hearing);

    assertThatThrownBy(() -> commands.outcome(envelope))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(hearing.look().lost()).containsExactly(envelope.id());
  }

  private static Waiting waiting() {
    return new Waiting(
        new FairShares(new FairShares.Size(8, 4, Duration.ZERO), System::nanoTime), Duration.ZERO);
  }

  private static Outcomes awayStore() {
    return (Outcomes)
        Proxy.newProxyInstance(
            Outcomes.class.getClassLoader(),
            new Class<?>[] {Outcomes.class},
            (proxy, method, arguments) -> {
              throw new StoreUnavailableException("PostgreSQL is away", null);
            });
  }
}
