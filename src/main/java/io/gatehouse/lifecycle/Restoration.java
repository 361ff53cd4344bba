package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.command.Outcome;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Restores many users of a tenant, each by a command. Some commands are on their way at once, so
 * that they are applied in common batches.
 */
public final class Restoration {

  private static final int AT_ONCE = 24;

  private final CommandGateway commandGateway;

  public Restoration(CommandGateway commandGateway) {
    this.commandGateway = commandGateway;
  }

  /**
   * What came of one user.
   *
   * @param status of HTTP
   * @param problem null for a user who is restored
   */
  public record Result(UUID user, int status, @Nullable String problem) {}

  /** Restores these users and waits; the results are in the order of the users. */
  public List<Result> restore(Caller caller, List<UUID> users) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, users.size())));
    try {
      List<Future<Result>> results =
          users.stream().map(it -> threads.submit(() -> restore(caller, it))).toList();
      return results.stream().map(Restoration::get).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private Result restore(Caller caller, UUID user) {
    Outcome outcome =
        commandGateway.submit(caller, new Command.Lifecycle(user, LifecycleAction.RESTORE));
    return outcome instanceof Outcome.Refused refused
        ? new Result(user, refused.status(), refused.refusal().detail())
        : new Result(user, outcome.status(), null);
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
