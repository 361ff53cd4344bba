package io.gatehouse.edge;

import java.time.Duration;

/** How much a client may ask for at once; {@code /ServiceProviderConfig} says so. */
public final class RequestLimits {

  /** Resources in one answer. */
  public static final int MAX_RESULTS = 200;

  /** Resources in one answer when the client does not say. */
  public static final int DEFAULT_COUNT = 100;

  /** What a search may cost, as {@link QueryCost} counts. */
  static final int MAX_QUERY_COST = 100;

  /** Operations of a bulk request. */
  public static final int MAX_OPERATIONS = 1000;

  /** Bytes of a body, that of a bulk request included. */
  public static final int MAX_PAYLOAD = 1024 * 1024;

  /** Bytes of the body of a group, which may list all its members. */
  public static final int MAX_GROUP_PAYLOAD = 10 * MAX_PAYLOAD;

  /** How long a cursor can be used (RFC 9865 section 4). */
  public static final Duration CURSOR_TIMEOUT = Duration.ofHours(1);

  private RequestLimits() {}
}
