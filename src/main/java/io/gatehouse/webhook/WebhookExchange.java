package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook call on its way through the steps of a route. Each step makes another one of it, until
 * one has the answer; the steps after that one are passed by.
 *
 * @param content what the call says, as far as it is read
 * @param answer null as long as no step has answered
 */
public record WebhookExchange(
    WebhookCall call,
    WebhookConnection connection,
    Content content,
    @Nullable WebhookResponse answer) {

  /**
   * What a call says.
   *
   * @param proof a name of what was signed, the same when the same comes again; null where a secret
   *     that is always the same proves the sender
   * @param events in the sender's words
   * @param signals in ours
   * @param refused how many events did not prove the sender
   */
  public record Content(
      @Nullable String proof, List<JsonNode> events, List<Signal> signals, int refused) {}

  public static WebhookExchange of(WebhookCall call, WebhookConnection connection) {
    return new WebhookExchange(call, connection, new Content(null, List.of(), List.of(), 0), null);
  }

  WebhookExchange answered(WebhookResponse given) {
    return new WebhookExchange(call, connection, content, given);
  }

  /** With a name of what was signed. */
  public WebhookExchange proven(String proof) {
    return with(new Content(proof, content.events(), content.signals(), content.refused()));
  }

  /** With what the call consists of. */
  public WebhookExchange withEvents(List<JsonNode> events) {
    return with(new Content(content.proof(), events, content.signals(), content.refused()));
  }

  /** With those of its events only that prove the sender. */
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
