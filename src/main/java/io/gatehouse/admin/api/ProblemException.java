package io.gatehouse.admin.api;

import io.gatehouse.http.RetryAfter;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** An error answer of the admin API (RFC 9457). */
public final class ProblemException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  private ProblemException(HttpStatus status, String detail) {
    super(status);
    setDetail(detail);
  }

  public static ProblemException badRequest(String detail) {
    return new ProblemException(HttpStatus.BAD_REQUEST, detail);
  }

  public static ProblemException forbidden(String detail) {
    return new ProblemException(HttpStatus.FORBIDDEN, detail);
  }

  public static ProblemException notFound(String detail) {
    return new ProblemException(HttpStatus.NOT_FOUND, detail);
  }

  public static ProblemException conflict(String detail) {
    return new ProblemException(HttpStatus.CONFLICT, detail);
  }

  public static ProblemException tooLarge(String detail) {
    return new ProblemException(HttpStatus.CONTENT_TOO_LARGE, detail);
  }

  public static ProblemException wrongType(String detail) {
    return new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  public static ProblemException gone(String detail) {
    return new ProblemException(HttpStatus.GONE, detail);
  }

  public static ProblemException tooMany(String detail) {
    ProblemException problem = new ProblemException(HttpStatus.TOO_MANY_REQUESTS, detail);
    problem.getHeaders().set(RetryAfter.HEADER, RetryAfter.SOON);
    return problem;
  }

  static ProblemException unavailable(String detail) {
    return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, detail);
  }

  /** This problem with one more member (RFC 9457 section 3.2). */
  ProblemException with(String name, Object value) {
    getBody().setProperty(name, value);
    return this;
  }
}
