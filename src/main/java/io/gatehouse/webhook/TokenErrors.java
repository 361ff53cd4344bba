package io.gatehouse.webhook;

import io.gatehouse.scim.Json;
import java.util.Locale;

/** Errors in the form for senders of security event tokens (RFC 8935 section 2.4). */
public enum TokenErrors {
  INVALID_REQUEST("The body is no security event token that can be read."),
  INVALID_KEY("The token is not signed with a known key."),
  INVALID_ISSUER("The token has another issuer than the configured one."),
  INVALID_AUDIENCE("The token is meant for another audience."),
  AUTHENTICATION_FAILED("The call does not prove that it comes from the configured sender.");

  private final String description;

  TokenErrors(String description) {
    this.description = description;
  }

  /** The error as an exception. */
  public RefusedWebhookException refusal() {
    return new RefusedWebhookException(
        WebhookResponse.json(
            400,
            Json.object()
                .put("err", name().toLowerCase(Locale.ROOT))
                .put("description", description)));
  }
}
