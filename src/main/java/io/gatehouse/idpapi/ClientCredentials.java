package io.gatehouse.idpapi;

import io.gatehouse.inbox.IdpApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token for client credentials (RFC 6749 section 4.4), cached until shortly before it
 * expires, or until the API refuses it.
 */
final class ClientCredentials implements ApiCredentials {

  private static final Duration MARGIN = Duration.ofMinutes(2);
  private static final int USUAL_SECONDS = 600;

  private final ThrottledClient client;
  private final ApiRequest request;
  private final Clock clock;
  private @Nullable Issued issued;

  private record Issued(String authorization, Instant goodUntil) {}

  /**
   * Creates the credentials.
   *
   * @param request the token request
   */
  ClientCredentials(ThrottledClient client, ApiRequest request, Clock clock) {
    this.client = client;
    this.request = request;
    this.clock = clock;
  }

  @Override
  public synchronized String authorization() {
    Issued current = issued;
    if (current == null || !clock.instant().isBefore(current.goodUntil())) {
      current = issue();
      issued = current;
    }
    return current.authorization();
  }

  /** Drops the token, unless another thread has already fetched a new one. */
  @Override
  public synchronized boolean refused(String authorization) {
    if (issued != null && issued.authorization().equals(authorization)) {
      issued = null;
    }
    return true;
  }

  private Issued issue() {
    ApiResponse response = client.exchange(request);
    String token = response.json().path("access_token").asText("");
    if (!response.isOk() || token.isEmpty()) {
      throw new IdpApiException(
          request + " gives no token for our client credentials: " + response.status(), null, null);
    }
    Duration life = Duration.ofSeconds(response.json().path("expires_in").asLong(USUAL_SECONDS));
    Duration margin = life.compareTo(MARGIN.multipliedBy(2)) < 0 ? life.dividedBy(2) : MARGIN;
    return new Issued("Bearer " + token, clock.instant().plus(life).minus(margin));
  }
}
