package io.gatehouse.admin.api;

import io.gatehouse.broker.BrokerUnavailableException;
import io.gatehouse.http.RetryAfter;
import io.gatehouse.scim.ScimException;
import io.gatehouse.server.RefusedBodyException;
import io.gatehouse.store.LostRaceException;
import io.gatehouse.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns outages and defects into problem details that reveal no internals. */
@RestControllerAdvice(basePackages = {"io.gatehouse.admin", "io.gatehouse.feedapi"})
final class ProblemHandler extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

  @ExceptionHandler({
    DataAccessException.class,
    TransactionException.class,
    LostRaceException.class,
    StoreUnavailableException.class,
    BrokerUnavailableException.class
  })
  ResponseEntity<ProblemDetail> outage(Exception e) {
    LOG.warn("An admin call failed", e);
    return of(HttpStatus.SERVICE_UNAVAILABLE, "The database or the broker is not available.");
  }

  /** A body that arrives too slowly. */
  @ExceptionHandler(RefusedBodyException.class)
  ResponseEntity<ProblemDetail> refused(RefusedBodyException e) {
    return of(HttpStatus.valueOf(e.status()), e.getMessage());
  }

  /** An error in a SCIM document. */
  @ExceptionHandler(ScimException.class)
  ResponseEntity<ProblemDetail> refusal(ScimException e) {
    return of(HttpStatus.valueOf(e.refusal().status()), e.refusal().detail());
  }

  private static ResponseEntity<ProblemDetail> of(HttpStatus status, @Nullable String detail) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      answer.header(RetryAfter.HEADER, RetryAfter.SOON);
    }
    return answer.body(ProblemDetail.forStatusAndDetail(status, detail));
  }

  @ExceptionHandler(RuntimeException.class)
  ProblemDetail defect(RuntimeException e) {
    LOG.error("An admin call failed", e);
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR, "The gateway failed; the reason is in its log.");
  }
}
