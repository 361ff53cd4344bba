package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import java.util.List;

/** Translates one event of a sender into signals. */
@FunctionalInterface
public interface EventReader {

  /** The signals of an event; empty when its type is not relevant. */
  List<Signal> read(JsonNode event, WebhookExchange exchange);
}
