package io.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.faults.History.Action;
import io.gatehouse.faults.History.Call;
import io.gatehouse.faults.History.Kind;
import io.gatehouse.faults.History.Result;
import io.gatehouse.faults.Linearizability.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Histories whose verdict is known, and random ones whose verdict is found by trying all orders.
 */
class LinearizabilityTest {

  private static final int HISTORIES = 20_000;

  private final History history = new History();

  @Test
  void acceptsCallsOneAfterTheOther() {
    title(1, 2, "a", seen(2, "a"));
    read(3, 4, seen(2, "a"));
    title(5, 6, "b", seen(3, "b"));
    read(7, 8, seen(3, "b"));
    assertThat(history.isLinearizable()).isTrue();
  }

  @Test
  void refusesAReadOfAnEarlierState() {
    title(1, 2, "a", seen(2, "a"));
    read(3, 4, UserState.CREATED);
    assertThat(history.isLinearizable()).isFalse();
  }

  @Test
  void acceptsAReadOfEitherStateDuringAWrite() {
    title(1, 10, "a", seen(2, "a"));
    read(2, 3, UserState.CREATED);
    read(4, 5, seen(2, "a"));
    assertThat(history.isLinearizable()).isTrue();
  }

  @Test
  void refusesTwoReadsThatGoBackDuringAWrite() {
    title(1, 10, "a", seen(2, "a"));
    read(2, 3, seen(2, "a"));
    read(4, 5, UserState.CREATED);
    assertThat(history.isLinearizable()).isFalse();
  }

  @Test
  void refusesALostWriteOfTwoAtOnce() {
    title(1, 10, "a", seen(2, "a"));
    title(2, 9, "b", seen(2, "b"));
    read(11, 12, seen(2, "b"));
    assertThat(history.isLinearizable()).isFalse();
  }

  @Test
  void refusesADoubledWrite() {
    title(1, 2, "a", seen(2, "a"));
    title(3, 4, "b", seen(3, "b"));
    read(5, 6, seen(4, "a"));
    assertThat(history.isLinearizable()).isFalse();
  }

  @Test
  void acceptsAnUnansweredWriteThatHappensLateOrNever() {
    call(Kind.TITLE, "a", 1, History.NEVER, Result.INFO, null);
    read(2, 3, UserState.CREATED);
    title(4, 5, "b", seen(2, "b"));
    assertThat(history.isLinearizable()).isTrue();
    read(6, 7, seen(3, "a"));
    assertThat(history.isLinearizable()).isTrue();
  }

  @Test
  void refusesAnUnansweredWriteBeforeItsInvocation() {
    read(1, 2, seen(2, "a"));
    call(Kind.TITLE, "a", 3, History.NEVER, Result.INFO, null);
    assertThat(history.isLinearizable()).isFalse();
  }

  @Test
  void refusesAnUnansweredWriteThatHappensTwice() {
    call(Kind.TITLE, "a", 1, History.NEVER, Result.INFO, null);
    read(2, 3, seen(2, "a"));
    title(4, 5, "b", seen(3, "b"));
    read(6, 7, seen(4, "a"));
    assertThat(history.isLinearizable()).isFalse();
  }

  @Test
  void refusesTheEffectOfACallThatHasFailed() {
    call(Kind.TITLE, "a", 1, 2, Result.FAIL, null);
    assertThat(history.isLinearizable()).isTrue();
    read(3, 4, seen(2, "a"));
    assertThat(history.isLinearizable()).isFalse();
  }

  @Test
  void refusesASuccessWithoutABodyThatHasNoEffect() {
    call(Kind.TITLE, "a", 1, 2, Result.OK, null);
    read(3, 4, UserState.CREATED);
    assertThat(history.isLinearizable()).isFalse();
  }

  @Test
  void refusesAUserWhoIsThereAfterTheDeletion() {
    call(Kind.DELETE, null, 1, 2, Result.OK, null);
    call(Kind.READ, null, 3, 4, Result.GONE, null);
    assertThat(history.isLinearizable()).isTrue();
    read(5, 6, UserState.CREATED);
    assertThat(history.isLinearizable()).isFalse();
  }

  @Test
  void countsAChangeOfTheStateOnce() {
    call(Kind.ACTIVE, "false", 1, 2, Result.OK, new UserState(2, "0", false, true));
    call(Kind.ACTIVE, "false", 3, 4, Result.OK, new UserState(2, "0", false, true));
    assertThat(history.isLinearizable()).isTrue();
  }

  /** Three clients at one register; each answer is a random one, so that many cannot be true. */
  @Test
  void agreesWithTheTrialOfAllOrders() {
    Random random = new Random(7);
    int linearizable = 0;
    for (int i = 0; i < HISTORIES; i++) {
      List<Operation<int[]>> operations = operations(random);
      boolean expected = hasOrder(0, operations, new boolean[operations.size()]);
      assertThat(Linearizability.of(LinearizabilityTest::register, 0, operations))
          .as("history %d", i)
          .isEqualTo(expected);
      linearizable += expected ? 1 : 0;
    }
    assertThat(linearizable).isBetween(HISTORIES / 10, HISTORIES * 9 / 10);
  }

  /** A read is {0, value}, a write {1, value}. */
  private static Optional<Integer> register(Integer state, int[] operation) {
    if (operation[0] == 1) {
      return Optional.of(operation[1]);
    }
    return state == operation[1] ? Optional.of(state) : Optional.empty();
  }

  private static List<Operation<int[]>> operations(Random random) {
    List<Operation<int[]>> operations = new ArrayList<>();
    for (int client = 0; client < 3; client++) {
      long time = random.nextInt(4);
      for (int i = 0; i < 2; i++) {
        int kind = random.nextInt(2);
        int[] operation = {kind, kind == 1 ? operations.size() + 1 : random.nextInt(6)};
        long end = time + 1 + random.nextInt(5);
        boolean open = kind == 1 && random.nextInt(4) == 0;
        operations.add(new Operation<>(operation, time, open ? History.NEVER : end));
        time = end + random.nextInt(3);
      }
    }
    return operations;
  }

  /** Tries each operation next that was invoked before any other missing one has returned. */
  private static boolean hasOrder(int state, List<Operation<int[]>> all, boolean[] taken) {
    boolean complete = true;
    long firstReturn = History.NEVER;
    for (int i = 0; i < all.size(); i++) {
      if (!taken[i]) {
        complete &= all.get(i).isOpen();
        firstReturn = Math.min(firstReturn, all.get(i).returned());
      }
    }
    if (complete) {
      return true;
    }
    for (int i = 0; i < all.size(); i++) {
      if (!taken[i] && all.get(i).invoked() <= firstReturn) {
        Optional<Integer> next = register(state, all.get(i).operation());
        taken[i] = true;
        boolean found = next.isPresent() && hasOrder(next.get(), all, taken);
        taken[i] = false;
        if (found) {
          return true;
        }
      }
    }
    return false;
  }

  private void title(long invoked, long returned, String value, UserState seen) {
    call(Kind.TITLE, value, invoked, returned, Result.OK, seen);
  }

  private void read(long invoked, long returned, UserState seen) {
    call(Kind.READ, null, invoked, returned, Result.OK, seen);
  }

  private void call(
      Kind kind, String value, long invoked, long returned, Result result, UserState seen) {
    history.add(new Call(0, new Action(kind, value), invoked, returned, result, seen));
  }

  private static UserState seen(long version, String title) {
    return new UserState(version, title, true, true);
  }
}
