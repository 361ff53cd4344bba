package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessExitTest {

  @Test
  void isDueToAFailureOfTheJvmAmongTheCauses() {
    OutOfMemoryError memory = new OutOfMemoryError("Java heap space");

    assertThat(ProcessExit.isDueTo(memory)).isTrue();
    assertThat(ProcessExit.isDueTo(new IllegalStateException(new RuntimeException(memory))))
        .isTrue();
  }

  @Test
  void isNotDueToWhatTheNextCommandMayDoBetter() {
    assertThat(ProcessExit.isDueTo(new IllegalStateException("away"))).isFalse();
    assertThat(ProcessExit.isDueTo(new StackOverflowError())).isFalse();
  }
}
