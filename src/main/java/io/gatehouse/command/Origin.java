package io.gatehouse.command;

import org.jspecify.annotations.Nullable;

/**
 * Where a call came from, and why, for the audit log.
 *
 * @param address IP address of the client
 * @param credential the session of the portal or the API token, for example {@code session
 *     1f0c...}; null for a connection and for the admin token of the data folder
 * @param reason of the administrator, in the administrator's words
 */
public record Origin(
    @Nullable String address, @Nullable String credential, @Nullable String reason) {}
