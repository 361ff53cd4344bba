package io.gatehouse.inbox;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Orders;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Source;
import io.gatehouse.inbox.Worklist.Task;
import io.gatehouse.scim.Refusal;
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
 * Works off the inbox: has each signal translated, submits the commands and hears what becomes of
 * them. A signal that somebody else has overtaken is translated anew; one that meets an IdP that
 * does not answer waits, and with it later ones of its subject only.
 */
public final class Clerk {

  private static final Logger LOG = LoggerFactory.getLogger(Clerk.class);
  private static final int BATCH = 20;
  private static final int BATCHES = 20;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Worklist worklist;
  private final Translation translation;
  private final Orders orders;

  public Clerk(Worklist worklist, Orders orders, Views views) {
    this.worklist = worklist;
    this.orders = orders;
    this.translation = new Translation(views.apis(), views.known(), views.newcomers());
  }

  /** What a translation looks at. */
  public record Views(IdpApis apis, Acquaintances known, Newcomers newcomers) {}

  /** Works until nothing is due, or for a while; the next wake-up goes on. */
  public void run() {
    List<Task> tasks = worklist.take(BATCH);
    for (int i = 1; !tasks.isEmpty() && i < BATCHES; i++) {
      tasks.forEach(this::work);
      tasks = worklist.take(BATCH);
    }
    tasks.forEach(this::work);
  }

  private void work(Task task) {
    try {
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
    for (Order order : translation.orders(task)) {
      Outcome outcome = outcome(task, order);
      if (isOvertaken(outcome, task)) {
        worklist.later(task, "Overtaken by another change.", Duration.ZERO);
        return;
      }
      if (outcome.status() == Refusal.UNAVAILABLE) {
        worklist.later(task, "Not applied yet.", wait(task));
        return;
      }
      if (outcome instanceof Outcome.Refused refused) {
        remarks.add(remark(refused.refusal()));
      }
    }
    worklist.done(task, String.join(" ", remarks));
  }

  /** The same signal about the same state has the same id. */
  private Outcome outcome(Task task, Order order) {
    Signal signal = task.signal();
    String name = "inbox/" + task.id() + "/" + order.seal();
    return orders.submit(
        new CommandId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
        task.caller(),
        order.command(),
        new Source(task.channel(), signal.source().eventId(), signal.about().id(), order.time()));
  }

  /** Somebody who is to be created may be there by now; twice it is somebody else. */
  private static boolean isOvertaken(Outcome outcome, Task task) {
    return outcome.status() == Refusal.PRECONDITION_FAILED
        || (outcome.status() == Refusal.UNIQUENESS && task.attempts() == 1);
  }

  /** Without the sentence, which may quote what was said of somebody. */
  private static String remark(Refusal refusal) {
    String type = refusal.scimType();
    return type == null ? "" + refusal.status() : refusal.status() + " " + type;
  }

  private static Duration wait(Task task) {
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(task.attempts() - 1, 11));
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }

  private static String text(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }
}
