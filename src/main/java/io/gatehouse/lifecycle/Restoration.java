package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.command.Origin;
import io.gatehouse.command.OriginScope;
import io.gatehouse.command.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Restores many users of a tenant, each by a command. Some commands are on their way at once, so
 * that they are applied in common batches.
 */
public final class Restoration {

  private static final int AT_ONCE = 24;
  private static final int UNAVAILABLE = 503;

  private static final String NOT_TRIED =
      "Not tried, because the gateway could not apply changes at that moment. Restore again.";

  private final CommandGateway commandGateway;
  private final Supplier<Optional<Origin>> origins;

  /**
   * Restores by these commands.
   *
   * @param origins the origin of the call that the current thread works on
   */
  public Restoration(CommandGateway commandGateway, Supplier<Optional<Origin>> origins) {
    this.commandGateway = commandGateway;
    this.origins = origins;
  }

  /**
   * What came of one user.
   *
   * @param status of HTTP
   * @param problem null for a user who is restored
   */
  public record Result(UUID user, int status, @Nullable String problem) {}

  /**
   * Restores these users and waits; the results are in the order of the users. After an outage the
   * rest is not tried, because each command would wait in vain.
   */
  public List<Result> restore(Caller caller, List<UUID> users) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, users.size())));
    Run run = new Run(caller, origins.get(), new AtomicBoolean());
    try {
      List<Future<Result>> results =
          users.stream().map(it -> threads.submit(() -> restore(run, it))).toList();
      return results.stream().map(Restoration::get).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private record Run(Caller caller, Optional<Origin> origin, AtomicBoolean outage) {}

  private Result restore(Run run, UUID user) {
    if (run.outage().get()) {
      return new Result(user, UNAVAILABLE, NOT_TRIED);
    }
    try (OriginScope scope = OriginScope.of(run.origin())) {
      Outcome outcome =
          commandGateway.submit(run.caller(), new Command.Lifecycle(user, LifecycleAction.RESTORE));
      if (outcome instanceof Outcome.Refused refused) {
        run.outage().compareAndSet(false, refused.status() == UNAVAILABLE);
        return new Result(user, refused.status(), refused.refusal().detail());
      }
      return new Result(user, outcome.status(), null);
    }
  }

  private static Result get(Future<Result> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
