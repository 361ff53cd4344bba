package io.gatehouse.camel;

import io.gatehouse.signin.ClientAddresses;
import io.gatehouse.signin.CredentialOwners;
import io.gatehouse.signin.SignIns;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.signin.SignIns.Subject;
import io.gatehouse.webhook.WebhookConnection;
import io.gatehouse.webhook.WebhookResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Limits webhook calls whose origin is not proven. A proof is valid for one call only, so every
 * call is verified, and only calls that fail are slowed down.
 */
@Component
final class UnverifiedCallLimits {

  /** The statuses of wrong proofs and of guessed URLs. */
  private static final Set<Integer> STRANGE = Set.of(401, 404);

  private static final String ADDRESS = "clientAddress";
  private static final String CONNECTION = "webhookConnection";

  private final SignIns signIns;
  private final ClientAddresses addresses;
  private final CredentialOwners owners;

  UnverifiedCallLimits(SignIns signIns, ClientAddresses addresses, CredentialOwners owners) {
    this.signIns = signIns;
    this.addresses = addresses;
    this.owners = owners;
  }

  void note(Exchange exchange, HttpServletRequest http) {
    exchange.setProperty(
        ADDRESS,
        addresses.client(
            http.getRemoteAddr(), Collections.list(http.getHeaders("X-Forwarded-For"))));
  }

  void note(Exchange exchange, WebhookConnection connection) {
    exchange.setProperty(CONNECTION, connection.id());
  }

  /** The same answer, or 429 when the address has failed too often. */
  WebhookResponse answer(Exchange exchange, WebhookResponse answer) {
    String address = exchange.getProperty(ADDRESS, String.class);
    if (address == null || !STRANGE.contains(answer.status())) {
      return answer;
    }
    UUID connection = exchange.getProperty(CONNECTION, UUID.class);
    Attempt attempt = new Attempt(Realm.WEBHOOK, address, new byte[0]);
    if (connection != null) {
      signIns.unproven(attempt, connection);
    }
    OptionalInt wait =
        signIns.refused(
            attempt, () -> connection == null ? Subject.UNKNOWN : owners.ofConnection(connection));
    return wait.isPresent() ? WebhookResponse.tooMany(wait.getAsInt()) : answer;
  }
}
