package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook call in the steps of a route. Each step returns a new exchange. When one has the
 * answer, the remaining steps are skipped.
 *
 * @param content the content of the call, as far as it is read
 * @param answer null until a step has answered
 */
public record WebhookExchange(
    WebhookCall call,
    WebhookConnection connection,
    Content content,
    @Nullable WebhookResponse answer) {

  /**
   * The content of a call.
   *
   * @param proof an id of the signed content, equal when the call is repeated; null where a
   *     constant secret proves the sender
   * @param events in the sender's format
   * @param signals the translated events
   * @param refused the number of events without a valid secret
   */
  public record Content(
      @Nullable String proof, List<JsonNode> events, List<Signal> signals, int refused) {}

  public static WebhookExchange of(WebhookCall call, WebhookConnection connection) {
    return new WebhookExchange(call, connection, new Content(null, List.of(), List.of(), 0), null);
  }

  WebhookExchange answered(WebhookResponse given) {
    return new WebhookExchange(call, connection, content, given);
  }

  /** The exchange with an id of the signed content. */
  public WebhookExchange proven(String proof) {
    return with(new Content(proof, content.events(), content.signals(), content.refused()));
  }

  /** The exchange with the events of the call. */
  public WebhookExchange withEvents(List<JsonNode> events) {
    return with(new Content(content.proof(), events, content.signals(), content.refused()));
  }

  /** The exchange with only those of its events that have a valid secret. */
  WebhookExchange withProvenEvents(List<JsonNode> events) {
    int refused = content.events().size() - events.size();
    return with(new Content(content.proof(), events, content.signals(), refused));
  }

  WebhookExchange withSignals(List<Signal> signals) {
    return with(new Content(content.proof(), content.events(), signals, content.refused()));
  }

  private WebhookExchange with(Content read) {
    return new WebhookExchange(call, connection, read, answer);
  }
}
