package io.gatehouse.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.CommandId;
import io.gatehouse.lifecycle.SchemaCleanups.Job;
import io.gatehouse.lifecycle.SchemaCleanups.Page;
import io.gatehouse.lifecycle.SchemaCleanups.Subject;
import io.gatehouse.lifecycle.SteppedJobs.State;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.support.FakeUnitOfWork;
import io.gatehouse.support.SettableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one step of a clean-up does, and what becomes of commands that are lost. */
class SchemaCleanupStepsTest {

  private final List<UUID> holders = IntStream.range(0, 3).mapToObj(i -> new UUID(1, i)).toList();
  private final List<CommandId> sent = new ArrayList<>();
  private final Map<CommandId, Integer> answers = new HashMap<>();
  private final SettableClock clock = new SettableClock();
  private final FakeUnitOfWork unit = new FakeUnitOfWork();
  private final SchemaCleanup cleanup = new SchemaCleanup(unit, new Jobs(), queue(), clock);
  private Job job =
      new Job(
          new Subject(
              UUID.randomUUID(),
              UUID.randomUUID(),
              "acme",
              "admin",
              "urn:acme:desk",
              ResourceType.USER),
          State.RUNNING,
          0,
          0,
          null,
          false,
          List.of());

  @Test
  void keepsWhomItHasChosenBeforeItSendsTheirCommands() {
    cleanup.step();

    assertThat(job.pending()).isEqualTo(holders);
    assertThat(sent).isEmpty();

    cleanup.step();
    cleanup.step();

    assertThat(sent).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void sendsACommandWithoutAnOutcomeAgainAfterAMinute() {
    cleanup.step();
    cleanup.step();
    answers.put(sent.get(0), 200);
    answers.put(sent.get(1), 200);
    CommandId lost = sent.get(2);

    clock.tick(Duration.ofSeconds(59));
    cleanup.step();
    assertThat(sent).hasSize(3);

    clock.tick(Duration.ofSeconds(2));
    cleanup.step();
    assertThat(sent).hasSize(4).endsWith(lost);

    answers.put(lost, 200);
    cleanup.step();
    assertThat(job.state()).isEqualTo(State.DONE);
    assertThat(job.done()).isEqualTo(3);
  }

  private CommandGateway queue() {
    return (CommandGateway)
        Proxy.newProxyInstance(
            CommandGateway.class.getClassLoader(),
            new Class<?>[] {CommandGateway.class},
            (proxy, method, arguments) -> {
              assertThat(arguments).hasSize(3);
              assertThat(arguments[1]).isInstanceOf(Caller.class);
              assertThat(arguments[2]).isInstanceOf(Command.Conform.class);
              sent.add((CommandId) arguments[0]);
              return null;
            });
  }

  private final class Jobs implements SchemaCleanups {

    @Override
    public List<UUID> running() {
      return List.of(job.subject().id());
    }

    @Override
    public Optional<Job> lock(UUID id) {
      unit.require();
      return Optional.of(job);
    }

    @Override
    public void keep(Job after) {
      unit.require();
      job = after;
    }

    @Override
    public Page next(Job before, int limit) {
      return new Page(holders, null);
    }

    @Override
    public Map<CommandId, Integer> answered(Collection<CommandId> commands) {
      Map<CommandId, Integer> found = new HashMap<>(answers);
      found.keySet().retainAll(List.copyOf(commands));
      return found;
    }

    @Override
    public void forget() {}
  }
}
