package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

  private static final int MIB = 1024 * 1024;

  /** 96 MiB for large bodies, 32 for small ones; a byte costs ten. */
  private final MemoryBudget budget = new MemoryBudget(512L * MIB);

  @Test
  void hasRoomForLargeBodiesUntilTheirShareIsUsedUp() {
    for (int i = 0; i < 9; i++) {
      assertThat(budget.open().holds(MIB)).isTrue();
    }

    assertThat(budget.open().holds(MIB)).isFalse();
    assertThat(budget.open().holds(1_000)).as("a small one").isTrue();
  }

  @Test
  void takesABodyThatIsAloneHoweverLargeItIs() {
    try (MemoryBudget.Reservation alone = budget.open()) {
      assertThat(alone.holds(1_000L * MIB)).isTrue();
      assertThat(budget.open().holds(MIB)).isFalse();
    }

    assertThat(budget.open().holds(MIB)).isTrue();
  }

  @Test
  void countsABodyOnceWhileItGrows() {
    MemoryBudget.Reservation growing = budget.open();
    for (int bytes = 1_024; bytes <= 8 * MIB; bytes *= 2) {
      assertThat(growing.holds(bytes)).isTrue();
    }
    assertThat(budget.reserved()).isEqualTo(80L * MIB);

    growing.close();

    assertThat(budget.reserved()).isZero();
  }

  @Test
  void keepsWhatIsReservedWhenThereIsNoRoomForMore() {
    MemoryBudget.Reservation other = budget.open();
    assertThat(other.holds(8 * MIB)).isTrue();
    MemoryBudget.Reservation growing = budget.open();
    assertThat(growing.holds(MIB)).isTrue();

    assertThat(growing.holds(2 * MIB)).isFalse();

    assertThat(budget.reserved()).isEqualTo(90L * MIB);
  }
}
