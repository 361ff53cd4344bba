package io.gatehouse.edge;

import java.time.Duration;

/** The limits of one request; {@code /ServiceProviderConfig} publishes them. */
public final class RequestLimits {

  /** The largest number of resources in one answer. */
  public static final int MAX_RESULTS = 200;

  /** The number of resources in one answer when the client names none. */
  public static final int DEFAULT_COUNT = 100;

  /** The highest cost of a search, by {@link QueryCost}. */
  static final int MAX_QUERY_COST = 100;

  /** The largest number of operations in a bulk request. */
  public static final int MAX_OPERATIONS = 1000;

  /** The largest body in bytes, also of a bulk request. */
  public static final int MAX_PAYLOAD = 1024 * 1024;

  /** The largest body of a group in bytes, which may list all its members. */
  public static final int MAX_GROUP_PAYLOAD = 10 * MAX_PAYLOAD;

  /** How long a cursor can be used (RFC 9865 section 4). */
  public static final Duration CURSOR_TIMEOUT = Duration.ofHours(1);

  private RequestLimits() {}
}
