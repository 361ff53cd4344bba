package io.gatehouse.inbox;

import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.command.Origin;
import io.gatehouse.command.OriginScope;
import io.gatehouse.command.Outcome;
import io.gatehouse.inbox.InboxTasks.Task;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes the inbox: translates each signal, submits the commands and waits for their outcomes. A
 * signal that another change has overtaken is translated again. When the IdP does not answer, the
 * signal waits, and with it only later ones of its subject.
 */
public final class SignalProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(SignalProcessor.class);
  private static final int BATCH = 20;
  private static final int BATCHES = 20;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final InboxTasks worklist;
  private final SignalTranslator translator;
  private final CommandGateway commandGateway;

  public SignalProcessor(InboxTasks worklist, CommandGateway commandGateway, Views views) {
    this.worklist = worklist;
    this.commandGateway = commandGateway;
    this.translator = new SignalTranslator(views.apis(), views.known(), views.newcomers());
  }

  /** The sources of a translation. */
  public record Views(IdpApis apis, IdpIdentities known, UserCreation newcomers) {}

  /** Processes due signals, at most a fixed number of batches; the next wake-up continues. */
  public void run() {
    List<Task> tasks = worklist.take(BATCH);
    for (int i = 1; !tasks.isEmpty() && i < BATCHES; i++) {
      tasks.forEach(this::work);
      tasks = worklist.take(BATCH);
    }
    tasks.forEach(this::work);
  }

  private void work(Task task) {
    Optional<Origin> origin =
        Optional.ofNullable(task.signal().traceparent())
            .map(it -> new Origin(null, null, null, it));
    try (OriginScope scope = OriginScope.of(origin)) {
      submit(task);
    } catch (IdpApiException e) {
      worklist.later(task, text(e), Optional.ofNullable(e.retryAfter()).orElse(wait(task)));
    } catch (ScimException e) {
      worklist.done(task, remark(e.refusal()));
    } catch (RuntimeException e) {
      LOG.warn("Signal {} of connection {} waits", task.id(), task.connection().id(), e);
      worklist.later(task, "It failed; the reason is in the log of the gateway.", wait(task));
    }
  }

  private void submit(Task task) {
    List<String> remarks = new ArrayList<>();
    for (PlannedCommand planned : translator.orders(task)) {
      Outcome outcome = outcome(task, planned);
      if (isOvertaken(outcome, task)) {
        worklist.later(task, "Overtaken by another change.", Duration.ZERO);
        return;
      }
      if (outcome.status() == ScimError.UNAVAILABLE) {
        worklist.later(task, "Not applied yet.", wait(task));
        return;
      }
      if (outcome instanceof Outcome.Refused refused) {
        remarks.add(remark(refused.refusal()));
      }
    }
    worklist.done(task, String.join(" ", remarks));
  }

  /** Submits a command. The same signal for the same state has the same command id. */
  private Outcome outcome(Task task, PlannedCommand planned) {
    Signal signal = task.signal();
    String name = "inbox/" + task.id() + "/" + planned.digest();
    return commandGateway.submit(
        new CommandId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
        task.caller(),
        planned.command(),
        new EventOrigin(
            task.channel(), signal.source().eventId(), signal.about().id(), planned.time()));
  }

  /**
   * Whether to translate again. On the first attempt, a uniqueness conflict may mean that the user
   * was created meanwhile; on a later one, another user has the name.
   */
  private static boolean isOvertaken(Outcome outcome, Task task) {
    return outcome.status() == ScimError.PRECONDITION_FAILED
        || (outcome.status() == ScimError.UNIQUENESS && task.attempts() == 1);
  }

  /** The remark has the status and type only, because the detail may quote personal data. */
  private static String remark(ScimError error) {
    String type = error.scimType();
    return type == null ? "" + error.status() : error.status() + " " + type;
  }

  private static Duration wait(Task task) {
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(task.attempts() - 1, 11));
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }

  private static String text(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }
}
