package io.gatehouse.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class CutOffAnswersTest {

  private final MockHttpServletResponse response = new MockHttpServletResponse();

  private Object resolved(Exception e) {
    return new CutOffAnswers().resolveException(new MockHttpServletRequest(), response, null, e);
  }

  @Test
  void anErrorBeforeTheAnswerIsLeftToOthers() {
    assertThat(resolved(new IllegalArgumentException())).isNull();
  }

  @Test
  void anAnswerThatFailsLateEndsWithoutItsEnd() {
    response.setCommitted(true);
    assertThatThrownBy(() -> resolved(new IllegalArgumentException("the database")))
        .hasMessageContaining("cut off")
        .hasRootCauseMessage("the database");
    assertThat(resolved(new IOException("Broken pipe"))).isNotNull();
  }
}
