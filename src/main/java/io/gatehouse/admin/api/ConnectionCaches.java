package io.gatehouse.admin.api;

import io.gatehouse.security.CredentialCache;
import io.gatehouse.webhook.WebhookConnections;
import org.springframework.stereotype.Component;

/** What this instance remembers of connections, so that it need not ask the database each time. */
@Component
final class ConnectionCaches {

  private final CredentialCache credentials;
  private final WebhookConnections webhooks;

  ConnectionCaches(CredentialCache credentials, WebhookConnections webhooks) {
    this.credentials = credentials;
    this.webhooks = webhooks;
  }

  /** After a change; other instances notice within half a minute. */
  void renew() {
    credentials.clear();
    webhooks.refresh();
  }
}
