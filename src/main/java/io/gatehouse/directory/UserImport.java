package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditLog.Act;
import io.gatehouse.change.Change;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import io.gatehouse.store.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Imports a list of users as unmanaged users, all or none of them. It runs in one transaction, in
 * parts whose number of statements does not depend on their size.
 */
public final class UserImport {

  /** Large enough for few round trips, and small enough for the memory. */
  private static final int PART = 500;

  private final UnitOfWork unit;
  private final Directory.Stores stores;

  public UserImport(UnitOfWork unit, Directory.Stores stores) {
    this.unit = unit;
    this.stores = stores;
  }

  /**
   * One user of the list.
   *
   * @param number of the line, for the report
   * @param userName for the report, or null when the line has none
   * @param document a complete and valid resource; throws a {@link ScimException} when the line
   *     cannot be read as one
   */
  public record Line(long number, @Nullable String userName, Supplier<ObjectNode> document) {}

  /** The result of a line. */
  public enum Status {
    CREATED,

    /** A removed user is restored, under the same id. */
    RESTORED,

    REFUSED
  }

  /**
   * The result of a line, with details.
   *
   * @param id of the user, unless the line was refused
   * @param detail the reason of a refusal
   */
  public record Result(Line line, Status status, @Nullable UUID id, @Nullable String detail) {}

  /** Numbers of lines by result. */
  public record Totals(long created, long restored, long refused) {

    public long lines() {
      return created + restored + refused;
    }

    Totals plus(Status status) {
      return new Totals(
          created + (status == Status.CREATED ? 1 : 0),
          restored + (status == Status.RESTORED ? 1 : 0),
          refused + (status == Status.REFUSED ? 1 : 0));
    }
  }

  /**
   * Imports a list. Every line is tried, so that the report is complete. The results are committed
   * only when none is refused and it is no dry run.
   *
   * @param caller an administrator
   * @param lines read once, within the transaction
   * @param report receives the result of each line, in order
   * @throws io.gatehouse.store.LostRaceException when a concurrent command took a userName; nothing
   *     was imported
   * @throws io.gatehouse.store.StoreUnavailableException when the store is unavailable; nothing was
   *     imported
   */
  public Totals run(Caller caller, boolean dryRun, Iterator<Line> lines, Consumer<Result> report) {
    try {
      return unit.inTransaction(
          () -> {
            Totals totals = new Run(caller, dryRun, report).all(lines);
            if (dryRun || totals.refused() > 0) {
              throw new Undone(totals);
            }
            stores.audit().append(new Act(caller.tenant(), null, caller.actor(), "users.import"));
            return totals;
          });
    } catch (Undone e) {
      return e.totals;
    }
  }

  /** Rolls the transaction back. */
  private static final class Undone extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient Totals totals;

    Undone(Totals totals) {
      super(null, null, false, false);
      this.totals = totals;
    }
  }

  /** One run of an import. */
  private final class Run {

    private final Caller caller;
    private final boolean dryRun;
    private final Consumer<Result> report;

    private final Instant now;
    private Totals totals = new Totals(0, 0, 0);

    Run(Caller caller, boolean dryRun, Consumer<Result> report) {
      this.caller = caller;
      this.dryRun = dryRun;
      this.report = report;
      this.now = stores.outcomes().begin(caller.tenant());
    }

    Totals all(Iterator<Line> lines) {
      while (lines.hasNext()) {
        List<Attempt> part = new ArrayList<>();
        while (part.size() < PART && lines.hasNext()) {
          part.add(attempt(lines.next()));
        }
        apply(part);
      }
      return totals;
    }

    /** A line with its command, or with the reason why there is none. */
    private record Attempt(Line line, @Nullable Envelope envelope, @Nullable ScimError refusal) {}

    /** The command of a line. No caller waits for it or retries it byte by byte. */
    private Attempt attempt(Line line) {
      try {
        CommandId id = CommandId.next(now);
        Command create =
            new Command.Create(ResourceType.USER, CommandId.uuid7(now), line.document().get());
        var trace = Envelope.Trace.ofImport(now, id);
        return new Attempt(line, new Envelope(id, caller, create, trace), null);
      } catch (ScimException e) {
        return new Attempt(line, null, e.refusal());
      }
    }

    /**
     * Refused lines are stored as well, so that later lines find them; the transaction is rolled
     * back.
     */
    private void apply(List<Attempt> part) {
      List<Envelope> commands =
          part.stream().map(Attempt::envelope).filter(Objects::nonNull).toList();
      BatchState state = stores.resources().load(BatchKeys.ofImport(caller.tenant(), commands));
      List<FoldResult> steps = new ArrayList<>();
      for (Attempt it : part) {
        if (it.envelope() == null) {
          refused(it.line(), Objects.requireNonNull(it.refusal()));
        } else {
          FoldResult step = Fold.apply(state, it.envelope(), now);
          steps.add(step);
          tell(it.line(), step);
        }
      }
      stores.resources().save(state);
      if (!dryRun && totals.refused() == 0) {
        stores.log(steps);
      }
    }

    private void tell(Line line, FoldResult step) {
      if (step.outcome() instanceof Outcome.Refused refused) {
        refused(line, refused.refusal());
      } else {
        Change change = step.change().orElseThrow();
        Status status = change.type() == Change.Type.CREATED ? Status.CREATED : Status.RESTORED;
        tell(new Result(line, status, change.after().id(), null));
      }
    }

    private void refused(Line line, ScimError error) {
      tell(new Result(line, Status.REFUSED, null, error.detail()));
    }

    private void tell(Result result) {
      totals = totals.plus(result.status());
      report.accept(result);
    }
  }
}
