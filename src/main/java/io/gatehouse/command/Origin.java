package io.gatehouse.command;

import org.jspecify.annotations.Nullable;

/**
 * Where a call came from, and why, for the audit log.
 *
 * @param address IP address of the client
 * @param credential the session of the portal, the API token, or the token of a connection, for
 *     example {@code session 1f0c...} or {@code token gatehouse_Ab12Cd}; null for a webhook
 * @param reason of the administrator, in the administrator's words
 * @param traceparent the trace that the call belongs to, see {@link TraceParent}
 */
public record Origin(
    @Nullable String address,
    @Nullable String credential,
    @Nullable String reason,
    @Nullable String traceparent) {

  /** The origin of a call that belongs to no trace. */
  public Origin(@Nullable String address, @Nullable String credential, @Nullable String reason) {
    this(address, credential, reason, null);
  }
}
