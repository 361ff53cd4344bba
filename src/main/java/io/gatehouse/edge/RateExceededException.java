package io.gatehouse.edge;

/** A request exceeds the rate of its connection. */
public final class RateExceededException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Name of the request attribute, and of the exchange property, with the seconds to wait. */
  public static final String WAIT = "rateExceededWait";

  private final int wait;

  /**
   * Creates it.
   *
   * @param wait seconds after which the next request is admitted
   */
  public RateExceededException(int wait) {
    super("The connection exceeds its limit of requests");
    this.wait = wait;
  }

  public ScimResponse response() {
    return ScimResponse.tooMany(wait);
  }
}
