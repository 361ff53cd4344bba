package io.gatehouse.security;

import io.gatehouse.server.RefusedBodyException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Answers requests that Tomcat refuses before it knows the application, such as a malformed request
 * line, without Tomcat's HTML page.
 */
final class ContainerReports extends ErrorReportValve {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerReports.class);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable cause) {
    HttpStatus status = HttpStatus.resolve(response.getStatus());
    if (status == null || !status.isError() || !mayWrite(response)) {
      return;
    }
    try {
      response.resetBuffer(true);
      Optional<RefusedBodyException> refused = RefusedBodyException.of(request);
      if (refused.isPresent()) {
        ErrorResponses.refuse(request, response, refused.get());
      } else {
        ErrorResponses.error(
            response, request.getRequestURI(), status, status.getReasonPhrase() + ".");
      }
      response.finishResponse();
    } catch (IOException e) {
      LOG.debug("A client did not wait for its error", e);
    }
  }

  private static boolean mayWrite(Response response) {
    AtomicBoolean allowed = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
    return response.getContentWritten() == 0 && response.setErrorReported() && allowed.get();
  }
}
