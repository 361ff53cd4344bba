package io.gatehouse.inbox;

import static io.gatehouse.inbox.FakeIdp.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.command.Outcome;
import io.gatehouse.inbox.InboxTasks.Task;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.ScimError;
import io.gatehouse.support.UnusedCommandGateway;
import io.gatehouse.tenant.Connections.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which signals are done, and which come again and when. */
class SignalProcessorTest {

  private static final Outcome DELETED = new Outcome.Deleted(UUID.randomUUID());

  private final FakeIdp idp = new FakeIdp();
  private final FakeIdentities known = new FakeIdentities();
  private final Inbox inbox = new Inbox();
  private final Queue queue = new Queue();
  private final SignalProcessor processor =
      new SignalProcessor(
          inbox,
          queue,
          new SignalProcessor.Views(
              connection -> Optional.of(idp), known, FakeTenant.userCreation()));

  @Test
  void submitsTheCommandsOfASignalUnderItsOrigin() {
    known.person("ada", true, null);
    Task task = inbox.add(Kind.USER_DELETED, "ada", 1);

    processor.run();

    assertThat(queue.submitted).hasSize(1).first().isInstanceOf(Command.Delete.class);
    assertThat(queue.origins)
        .containsExactly(new EventOrigin("webhook", "e1", "ada", FakeIdp.NOON));
    assertThat(inbox.ends).containsExactly("done " + task.id() + " ");
  }

  @Test
  void endsASignalThatComesToNothing() {
    Task task = inbox.add(Kind.USER_DELETED, "nobody", 1);

    processor.run();

    assertThat(queue.submitted).isEmpty();
    assertThat(inbox.ends).containsExactly("done " + task.id() + " ");
  }

  /** The sentence may quote what was said of somebody. */
  @Test
  void remembersWhyACommandWasRefusedWithoutTheSentence() {
    known.person("ada", true, null);
    Task task = inbox.add(Kind.USER_DELETED, "ada", 1);
    queue.outcomes.add(
        new Outcome.Refused(new ScimError(400, "invalidValue", "'Ada' is no title.")));

    processor.run();

    assertThat(inbox.ends).containsExactly("done " + task.id() + " 400 invalidValue");
  }

  /** The same delivery twice is one command; the same signal about another state is another. */
  @Test
  void givesTheSameCommandTheSameId() {
    known.group("g1", "Engines", "ada");
    known.person("ada", true, null);
    idp.group("g1", "Engines", Set.of());
    inbox.add(Kind.GROUP_CHANGED, "g1", 1);
    processor.run();
    inbox.tasks.add(inbox.taken.get(0));
    processor.run();
    assertThat(queue.ids).hasSize(2);
    assertThat(queue.ids.get(1)).isEqualTo(queue.ids.get(0));

    inbox.add(Kind.GROUP_CHANGED, "g1", 1);
    processor.run();
    assertThat(queue.ids.get(2)).as("another signal").isNotEqualTo(queue.ids.get(0));

    known.group("g1", "Looms", "ada");
    inbox.tasks.add(inbox.taken.get(0));
    processor.run();
    assertThat(queue.ids.get(3)).as("another resource").isNotEqualTo(queue.ids.get(0));
  }

  @Test
  void translatesASignalAnewThatWasOvertakenAndSubmitsNoMoreOfIt() {
    twoCommands();
    Task task = inbox.add(Kind.MEMBER_REMOVED, "ada", 5);
    queue.outcomes.add(new Outcome.Refused(ScimError.preconditionFailed("It has changed.")));

    processor.run();

    assertThat(queue.submitted).hasSize(1);
    assertThat(inbox.ends)
        .containsExactly("later " + task.id() + " PT0S Overtaken by another change.");
  }

  /** A user who is to be created may be there by now; found again, it is another one. */
  @Test
  void takesANameThatIsTakenForOvertakenOnce() {
    idp.user("ada", true, true);
    Task first = inbox.add(Kind.USER_CHANGED, "ada", 1);
    Task second = inbox.add(Kind.USER_CHANGED, "ada", 2);
    queue.outcomes.add(new Outcome.Refused(ScimError.uniqueness("'ada' is taken.")));
    queue.outcomes.add(new Outcome.Refused(ScimError.uniqueness("'ada' is taken.")));

    processor.run();

    assertThat(inbox.ends)
        .containsExactly(
            "later " + first.id() + " PT0S Overtaken by another change.",
            "done " + second.id() + " 409 uniqueness");
  }

  @Test
  void comesBackToWhatIsNotAppliedYet() {
    twoCommands();
    Task task = inbox.add(Kind.MEMBER_REMOVED, "ada", 1);
    queue.outcomes.add(DELETED);
    queue.outcomes.add(new Outcome.Refused(ScimError.unavailable("Later.")));

    processor.run();

    assertThat(inbox.ends).containsExactly("later " + task.id() + " PT2S Not applied yet.");
  }

  @Test
  void waitsAsLongAsTheIdpAsksFor() {
    idp.away = true;
    Task task = inbox.add(Kind.USER_CHANGED, "ada", 3);

    processor.run();

    assertThat(inbox.ends).containsExactly("later " + task.id() + " PT42S The IdP asks to wait");
  }

  @ParameterizedTest
  @CsvSource({"1, PT2S", "2, PT4S", "5, PT32S", "11, PT34M8S", "12, PT1H", "1000, PT1H"})
  void waitsTwiceAsLongEachTimeAndAnHourAtMost(int attempts, Duration wait) {
    known.person("ada", true, null);
    Task task = inbox.add(Kind.USER_DELETED, "ada", attempts);
    queue.outcomes.add(new Outcome.Refused(ScimError.unavailable("Later.")));

    processor.run();

    assertThat(inbox.ends).containsExactly("later " + task.id() + " " + wait + " Not applied yet.");
  }

  /** One that cannot be processed stops no other, and what it says is not repeated. */
  @Test
  void goesOnAfterASignalThatFails() {
    known.person("ada", true, null);
    Task broken = inbox.add(Kind.USER_DELETED, "ada", 1);
    Task next = inbox.add(Kind.USER_DELETED, "ada", 1);
    queue.failures.add(new IllegalStateException("secret"));

    processor.run();

    assertThat(inbox.ends)
        .containsExactly(
            "later " + broken.id() + " PT2S It failed; the reason is in the log of the gateway.",
            "done " + next.id() + " ");
  }

  @Test
  void endsASignalWhoseProfileNoUserCanHave() {
    idp.user("ada", true, true).resource().put("userName", "");
    Task task = inbox.add(Kind.USER_CHANGED, "ada", 1);

    processor.run();

    assertThat(queue.submitted).isEmpty();
    assertThat(inbox.ends).containsExactly("done " + task.id() + " 400 invalidValue");
  }

  /** So that others have a turn; nothing that it has taken is left. */
  @Test
  void endsAfterTwentyBatchesOfTwenty() {
    IntStream.range(0, 1_000).forEach(it -> inbox.add(Kind.USER_DELETED, "nobody", 1));

    processor.run();

    assertThat(inbox.limits).hasSize(20).containsOnly(20);
    assertThat(inbox.taken).hasSize(400);
    assertThat(inbox.ends).hasSize(400).allMatch(it -> it.startsWith("done "));

    processor.run();
    processor.run();
    assertThat(inbox.ends).hasSize(1_000).doesNotHaveDuplicates();
  }

  /** A user leaves the group of the connection: the user and the group are changed. */
  private void twoCommands() {
    known.group("g1", "Engines", "ada");
    known.person("ada", true, null);
    idp.group("g1", "Engines", Set.of());
  }

  private static final class Inbox implements InboxTasks {

    final Deque<Task> tasks = new ArrayDeque<>();
    final List<Task> taken = new ArrayList<>();
    final List<Integer> limits = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    private long last;

    Task add(Kind kind, String id, int attempts) {
      Connection connection =
          new Connection(
              new UUID(0, 1), new UUID(0, 2), "acme", "okta", "okta", FakeIdp.settings(null, "g1"));
      Task task = new Task(++last, connection, "webhook", signal(kind, id, "g1"), attempts);
      tasks.add(task);
      return task;
    }

    @Override
    public List<Task> take(int limit) {
      limits.add(limit);
      List<Task> next = new ArrayList<>();
      while (next.size() < limit && !tasks.isEmpty()) {
        next.add(tasks.remove());
      }
      taken.addAll(next);
      return next;
    }

    @Override
    public void done(Task task, String remark) {
      ends.add("done " + task.id() + " " + remark);
    }

    @Override
    public void later(Task task, String problem, Duration wait) {
      ends.add("later " + task.id() + " " + wait + " " + problem);
    }

    @Override
    public Standing standing(UUID connection) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget() {
      throw new UnsupportedOperationException();
    }
  }

  /** Answers with what it was told to, and then that all is well. */
  private static final class Queue extends UnusedCommandGateway {

    final List<CommandId> ids = new ArrayList<>();
    final List<Command> submitted = new ArrayList<>();
    final List<EventOrigin> origins = new ArrayList<>();
    final Deque<Outcome> outcomes = new ArrayDeque<>();
    final Deque<RuntimeException> failures = new ArrayDeque<>();

    @Override
    public Outcome submit(CommandId id, Caller caller, Command command, EventOrigin origin) {
      if (!failures.isEmpty()) {
        throw failures.remove();
      }
      assertThat(caller.actor()).isEqualTo("okta");
      ids.add(id);
      submitted.add(command);
      origins.add(origin);
      return outcomes.isEmpty() ? DELETED : outcomes.remove();
    }
  }
}
