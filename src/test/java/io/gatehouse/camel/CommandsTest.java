package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.FairShares;
import io.gatehouse.command.PendingOutcomes;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.directory.OutcomeStore;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.store.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a request is told of its command when no outcome comes. */
class CommandsTest {

  private final WrittenResponses writtenResponses = new WrittenResponses();
  private final Envelope envelope =
      new Envelope(
          CommandId.next(Instant.EPOCH),
          new Caller(new UUID(1, 1), "acme", new UUID(2, 2), "standard"),
          new Command.Delete(ResourceType.USER, new UUID(3, 3), null),
          new Envelope.Trace("here", Instant.EPOCH, "fingerprint", List.of()));

  @Test
  void countsTheOutcomeAsUnheardWhenTheStoreCannotBeAskedForIt() {
    CommandReplies commandReplies = new CommandReplies(waiting(), awayStore(), writtenResponses);

    assertThatThrownBy(() -> commandReplies.outcome(envelope))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(writtenResponses.snapshot().lost()).containsExactly(envelope.id());
  }

  private static PendingOutcomes waiting() {
    return new PendingOutcomes(
        new FairShares(new FairShares.Size(8, 4, Duration.ZERO), System::nanoTime), Duration.ZERO);
  }

  private static OutcomeStore awayStore() {
    return (OutcomeStore)
        Proxy.newProxyInstance(
            OutcomeStore.class.getClassLoader(),
            new Class<?>[] {OutcomeStore.class},
            (proxy, method, arguments) -> {
              throw new StoreUnavailableException("PostgreSQL is away", null);
            });
  }
}
