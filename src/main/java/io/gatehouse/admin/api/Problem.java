package io.gatehouse.admin.api;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** An error answer of the admin API (RFC 9457). */
final class Problem extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  private Problem(HttpStatus status, String detail) {
    super(status);
    setDetail(detail);
  }

  static Problem badRequest(String detail) {
    return new Problem(HttpStatus.BAD_REQUEST, detail);
  }

  static Problem notFound(String detail) {
    return new Problem(HttpStatus.NOT_FOUND, detail);
  }

  static Problem conflict(String detail) {
    return new Problem(HttpStatus.CONFLICT, detail);
  }

  static Problem tooLarge(String detail) {
    return new Problem(HttpStatus.CONTENT_TOO_LARGE, detail);
  }

  static Problem wrongType(String detail) {
    return new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  static Problem gone(String detail) {
    return new Problem(HttpStatus.GONE, detail);
  }

  static Problem tooMany(String detail) {
    Problem problem = new Problem(HttpStatus.TOO_MANY_REQUESTS, detail);
    problem.getHeaders().set("Retry-After", "5");
    return problem;
  }

  static Problem unavailable(String detail) {
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, detail);
  }

  /** The same with one more member (RFC 9457 section 3.2). */
  Problem with(String name, Object value) {
    getBody().setProperty(name, value);
    return this;
  }
}
