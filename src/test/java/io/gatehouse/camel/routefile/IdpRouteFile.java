package io.gatehouse.camel.routefile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.gatehouse.camel.QuirksComponent;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.support.ScimRequests;
import io.gatehouse.webhook.WebhookCall;
import io.gatehouse.webhook.WebhookConnection;
import io.gatehouse.webhook.WebhookExchange;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.LoggerFactory;

/** The routes of an IdP, checked and loaded as the gateway does, without a gateway. */
final class IdpRouteFile implements AutoCloseable {

  private static final UUID ANY = new UUID(7, 7);

  private final CamelContext camel = new DefaultCamelContext();
  private final String idp;

  private IdpRouteFile(String idp) {
    this.idp = idp;
  }

  /**
   * Loads a file.
   *
   * @param idp the name of the file without {@code .camel.yaml}
   * @throws RouteProblemException for the first thing that is not allowed in it
   */
  static IdpRouteFile of(String idp, String text) throws Exception {
    ((Logger) LoggerFactory.getLogger("org.apache.camel")).setLevel(Level.WARN);
    IdpRouteFile file = new IdpRouteFile(idp);
    file.camel.getRegistry().bind("quirks", new QuirksComponent());
    for (IdpRoute route : new RouteRules(WebhookRules.of(Clock.systemUTC())).read(idp, text)) {
      file.camel.addRoutes(route.builder());
    }
    file.camel.start();
    return file;
  }

  /** The request that the gateway makes of one that the IdP sends, with the list of repairs. */
  ScimRequest meant(String method, String path, String body) {
    ScimRequest sent = ScimRequests.of(idp, method, path, Json.stored(body));
    return through(RouteRules.scimId(idp), sent, ScimRequest.class);
  }

  /** What the gateway reads in a webhook call of a connection with this secret. */
  WebhookExchange read(WebhookCall call, String secret) {
    WebhookConnection connection = new WebhookConnection(ANY, idp, List.of(secret), it -> true);
    return through(
        RouteRules.webhookId(idp), WebhookExchange.of(call, connection), WebhookExchange.class);
  }

  private <T> T through(String route, T body, Class<T> type) {
    Exchange exchange =
        camel.createProducerTemplate().send("direct:" + route, it -> it.getMessage().setBody(body));
    if (exchange.getException() != null) {
      RuntimeException known = exchange.getException(RuntimeException.class);
      throw known == null ? new IllegalStateException(exchange.getException()) : known;
    }
    return exchange.getMessage().getBody(type);
  }

  @Override
  public void close() {
    camel.stop();
  }
}
