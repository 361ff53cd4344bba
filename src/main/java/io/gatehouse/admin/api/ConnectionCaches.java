package io.gatehouse.admin.api;

import io.gatehouse.security.CredentialCache;
import io.gatehouse.webhook.WebhookConnections;
import org.springframework.stereotype.Component;

/** The caches that this instance has of connections, which save a query for each request. */
@Component
final class ConnectionCaches {

  private final CredentialCache credentials;
  private final WebhookConnections webhooks;

  ConnectionCaches(CredentialCache credentials, WebhookConnections webhooks) {
    this.credentials = credentials;
    this.webhooks = webhooks;
  }

  /** Clears them after a change; other instances notice within half a minute. */
  void renew() {
    credentials.clear();
    webhooks.refresh();
  }
}
