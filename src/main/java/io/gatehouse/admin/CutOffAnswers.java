package io.gatehouse.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Lets an answer that fails after its beginning, such as a file, end without its end: the
 * connection is closed, so that the client sees that something is missing. An error that followed
 * the first lines would look like a part of the file.
 */
final class CutOffAnswers implements HandlerExceptionResolver, Ordered {

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception e) {
    if (!response.isCommitted()) {
      return null;
    }
    if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
      return new ModelAndView();
    }
    throw new IllegalStateException("An answer was cut off.", e);
  }
}
