package io.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FatalErrorsTest {

  @Test
  void findsTheErrorBelowWhatWasMadeOfIt() {
    OutOfMemoryError error = new OutOfMemoryError();

    assertThat(FatalErrors.fatal(new RuntimeException(new ExecutionException(error))))
        .contains(error);
  }

  @Test
  void takesNoOtherFailureForOne() {
    assertThat(FatalErrors.fatal(new RuntimeException(new StackOverflowError()))).isEmpty();
    assertThat(FatalErrors.fatal(new AssertionError())).isEmpty();
    assertThat(FatalErrors.fatal(null)).isEmpty();
  }
}
