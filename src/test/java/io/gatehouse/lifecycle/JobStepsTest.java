package io.gatehouse.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.command.CommandId;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.support.FakeUnitOfWork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each job goes on by itself, and a step is kept as a whole or not at all. */
class JobStepsTest {

  private final UUID first = new UUID(0, 1);
  private final UUID second = new UUID(0, 2);
  private final FakeUnitOfWork unit = new FakeUnitOfWork();
  private final Jobs jobs = new Jobs();
  private final JobSteps<String> steps = new JobSteps<>(unit, jobs);

  @Test
  void takesEachJobOneStepFurtherInATransactionOfItsOwn() {
    run(job -> job + "+");

    assertThat(jobs.rows).isEqualTo(Map.of(first, "first+", second, "second+"));
    assertThat(unit.committed()).isEqualTo(2);
  }

  @Test
  void goesOnWithTheOthersWhenOneFails() {
    run(
        job -> {
          if (job.equals("first")) {
            throw new IllegalStateException("its filter takes too long");
          }
          return job + "+";
        });

    assertThat(jobs.rows).isEqualTo(Map.of(first, "first", second, "second+"));
  }

  @Test
  void triesAJobThatFailsLessAndLessOften() {
    AtomicInteger attempts = new AtomicInteger();
    for (int round = 0; round < 600; round++) {
      run(
          job -> {
            if (job.startsWith("first")) {
              attempts.incrementAndGet();
              throw new IllegalStateException("its filter takes too long");
            }
            return job;
          });
    }

    assertThat(attempts).hasValue(10);
    assertThat(unit.committed()).isEqualTo(600);
  }

  @Test
  void countsARoundAsFailedWhenItsFirstStepIsDone() {
    AtomicInteger failures = new AtomicInteger();
    UnaryOperator<String> fails =
        job -> {
          failures.incrementAndGet();
          throw new IllegalStateException("its commands cannot be sent");
        };
    jobs.locked.add(second);

    for (int round = 0; round < 600; round++) {
      steps.run(List.of(job -> job + "+", fails));
    }

    assertThat(failures).hasValue(10);
    assertThat(jobs.rows).containsEntry(first, "first" + "+".repeat(10));
  }

  @Test
  void triesNoOtherWhileTheStoreIsUnavailable() {
    List<String> tried = new ArrayList<>();

    assertThatThrownBy(
            () ->
                run(
                    job -> {
                      tried.add(job);
                      throw new StoreUnavailableException("away", null);
                    }))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(tried).containsExactly("first");
  }

  @Test
  void leavesAJobAloneThatAnotherInstanceHasLocked() {
    jobs.locked.add(first);
    List<String> seen = new ArrayList<>();

    run(
        job -> {
          seen.add(job);
          return job + "+";
        });

    assertThat(seen).containsExactly("second");
    assertThat(jobs.rows).containsEntry(first, "first");
  }

  @Test
  void looksForAJobInEveryFourthRoundWhileThereIsNone() {
    jobs.rows.clear();
    for (int round = 0; round < 8; round++) {
      run(job -> job + "+");
    }
    assertThat(jobs.looks).isEqualTo(2);

    jobs.rows.put(first, "first");
    run(job -> job + "+");
    run(job -> job + "+");

    assertThat(jobs.rows).containsEntry(first, "first++");
  }

  private void run(UnaryOperator<String> step) {
    steps.run(List.of(step));
  }

  private final class Jobs implements SteppedJobs<String> {

    final Map<UUID, String> rows = new HashMap<>(Map.of(first, "first", second, "second"));
    final Set<UUID> locked = new HashSet<>();
    int looks;

    @Override
    public List<UUID> running() {
      looks++;
      return Stream.of(first, second).filter(rows::containsKey).toList();
    }

    @Override
    public Optional<String> lock(UUID job) {
      unit.require();
      return Optional.ofNullable(rows.get(job)).filter(it -> !locked.contains(job));
    }

    @Override
    public void keep(String job) {
      unit.require();
      rows.put(job.startsWith("first") ? first : second, job);
    }

    @Override
    public Map<CommandId, Integer> answered(Collection<CommandId> commands) {
      throw new UnsupportedOperationException();
    }
  }
}
