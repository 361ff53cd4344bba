package io.gatehouse.camel;

import io.gatehouse.camel.routefile.RouteRules;
import io.gatehouse.command.LogScope;
import io.gatehouse.command.TraceParent;
import io.gatehouse.inbox.SignalBatch;
import io.gatehouse.scim.ScimError;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.IdpProfiles;
import io.gatehouse.webhook.RefusedWebhookException;
import io.gatehouse.webhook.WebhookCall;
import io.gatehouse.webhook.WebhookConnection;
import io.gatehouse.webhook.WebhookConnections;
import io.gatehouse.webhook.WebhookExchange;
import io.gatehouse.webhook.WebhookResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The two ends of a webhook route: HTTP to {@link WebhookExchange}, {@link WebhookResponse} to
 * HTTP. No header is copied in either direction.
 */
@Component("webhookEdge")
final class WebhookEdge {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookEdge.class);
  private static final String INTAKE = "intake";
  private static final String IDP = "idp";
  private static final String CONNECTION = "connection";
  private static final String UNKNOWN = "unknown";

  private final WebhookConnections connections;
  private final IdpProfiles profiles;
  private final WebhookCounts counts;
  private final UnverifiedCallLimits strangers;

  WebhookEdge(
      WebhookConnections connections,
      IdpProfiles profiles,
      WebhookCounts counts,
      UnverifiedCallLimits strangers) {
    this.connections = connections;
    this.profiles = profiles;
    this.counts = counts;
    this.strangers = strangers;
  }

  /**
   * Finds the connection of a call, and with it the route that can read it.
   *
   * @throws RefusedWebhookException 404 when there is none
   */
  void accept(Exchange exchange) {
    Message message = exchange.getMessage();
    HttpServletRequest http = ((HttpMessage) message).getRequest();
    strangers.note(exchange, http);
    WebhookCall call = (WebhookCall) http.getAttribute(WebhookCall.class.getName());
    WebhookConnection connection =
        connection(http.getPathInfo())
            .filter(it -> isListening(exchange, it.idp()))
            .orElseThrow(
                () -> RefusedWebhookException.of(404, "There is no webhook at this address."));
    strangers.note(exchange, connection);
    message.removeHeaders("*");
    message.setBody(WebhookExchange.of(call, connection));
    exchange.setProperty(IDP, connection.idp());
    exchange.setProperty(CONNECTION, connection.id());
    exchange.setProperty(TraceParent.NAME, TraceParent.valid(http.getHeader(TraceParent.NAME)));
  }

  /**
   * The connection of {@code /okta/0b6f...}; further segments are ignored, senders may use them to
   * tell their own URLs apart.
   */
  private Optional<WebhookConnection> connection(String path) {
    String[] parts = path == null ? new String[0] : path.split("/", 4);
    if (parts.length < 3) {
      return Optional.empty();
    }
    try {
      return connections.find(UUID.fromString(parts[2])).filter(it -> it.idp().equals(parts[1]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** False when the route of a known IdP is missing; this is an outage, answered 503. */
  private boolean isListening(Exchange exchange, String idp) {
    return exchange.getContext().getRoute(RouteRules.webhookId(idp)) != null
        || !profiles.names().contains(idp);
  }

  SignalBatch bundle(WebhookExchange intake, Exchange exchange) {
    exchange.setProperty(INTAKE, intake);
    return new SignalBatch(
        intake.connection().id(),
        intake.content().signals(),
        exchange.getProperty(TraceParent.NAME, String.class));
  }

  boolean hasSignals(SignalBatch batch) {
    return !batch.signals().isEmpty();
  }

  void answer(Exchange exchange, @ExchangeProperty(INTAKE) WebhookExchange intake) {
    counts.taken(intake);
    WebhookResponse answer = intake.answer();
    write(exchange, answer == null ? WebhookResponse.empty(204) : answer);
  }

  /** Answers a call that is refused or has failed. */
  void refuse(Exchange exchange) {
    WebhookResponse refusal;
    try (LogScope log = LogScope.of(exchange.getProperty(CONNECTION, UUID.class))) {
      refusal = refusal(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }
    WebhookResponse answer = strangers.answer(exchange, refusal);
    String idp = exchange.getProperty(IDP, String.class);
    counts.refused(idp == null ? UNKNOWN : idp, answer.status());
    write(exchange, answer);
  }

  private static WebhookResponse refusal(@Nullable Throwable cause) {
    if (cause instanceof RefusedWebhookException refused) {
      return refused.answer();
    }
    if (cause instanceof StoreUnavailableException) {
      // One line without a stack trace, because there may be many of them.
      LOG.warn("A webhook call is not taken in: {}", cause.getMessage());
      return WebhookResponse.problem(
          503, "The call cannot be stored at the moment; send it again.");
    }
    ScimError error = RouteFailures.refusal(cause);
    return WebhookResponse.problem(error.status(), error.detail());
  }

  private static void write(Exchange exchange, WebhookResponse answer) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
    answer.headers().forEach(message::setHeader);
    message.setBody(
        answer.body().isEmpty() ? null : answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
