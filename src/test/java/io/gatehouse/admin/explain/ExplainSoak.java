package io.gatehouse.admin.explain;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Explains every recorded request of Entra ID and Okta, and then sends it. */
class ExplainSoak {

  @ParameterizedTest
  @MethodSource("io.gatehouse.admin.explain.ExplainTest#fixtures")
  void saysWhatTheRequestThenDoes(Path file) throws Exception {
    new ExplainTest().saysWhatTheRequestThenDoes(file);
  }
}
