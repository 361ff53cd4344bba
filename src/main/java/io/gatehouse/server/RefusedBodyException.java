package io.gatehouse.server;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.Optional;

/**
 * A body that is not read to its end. {@link #status} is 408 when it comes too slowly, 413 when it
 * is too large, 503 when there is no memory for it now.
 */
public final class RefusedBodyException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final int SLOW = 408;

  private final int status;

  private RefusedBodyException(int status, String detail) {
    super(detail);
    this.status = status;
  }

  static RefusedBodyException slow() {
    return new RefusedBodyException(
        SLOW,
        "The body comes too slowly: after the first seconds at least "
            + BodyReader.BYTES_PER_SECOND
            + " bytes per second are expected.");
  }

  static RefusedBodyException large(int limit) {
    return new RefusedBodyException(
        413, "The body is larger than maxPayloadSize (" + limit + " bytes).");
  }

  static RefusedBodyException noRoom() {
    return new RefusedBodyException(
        503, "The gateway is working on as many large requests as its memory allows; ask again.");
  }

  /** The stored reason why the body of this request was not read to its end; empty if none. */
  public static Optional<RefusedBodyException> of(ServletRequest request) {
    return Optional.ofNullable(
        (RefusedBodyException) request.getAttribute(RefusedBodyException.class.getName()));
  }

  /** Stores the exception in the request, for the valves that answer after the filters. */
  public void about(ServletRequest request) {
    request.setAttribute(RefusedBodyException.class.getName(), this);
  }

  /** Whether the body came too slowly. */
  public boolean isSlow() {
    return status == SLOW;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }
}
