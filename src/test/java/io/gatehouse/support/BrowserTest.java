package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BrowserTest {

  @Test
  void withoutChromiumATestIsSkippedAndSaysWhy() {
    assertThatThrownBy(() -> Browser.require(false, false))
        .hasMessageStartingWith("Assumption failed")
        .hasMessageContaining("apt-get install chromium chromium-driver");
    assertThatCode(() -> Browser.require(true, false)).doesNotThrowAnyException();
  }

  @Test
  void withoutChromiumABuildOfCiFails() {
    assertThatThrownBy(() -> Browser.require(false, true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Chromium is missing");
    assertThatCode(() -> Browser.require(true, true)).doesNotThrowAnyException();
  }
}
