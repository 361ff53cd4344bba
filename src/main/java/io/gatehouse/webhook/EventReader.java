package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import java.util.List;

/** Understands one event in a sender's words. */
@FunctionalInterface
public interface EventReader {

  /** What an event says; nothing when it is none that matters here. */
  List<Signal> read(JsonNode event, WebhookExchange exchange);
}
