package io.gatehouse.camel.routefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimException;
import io.gatehouse.webhook.EventReader;
import io.gatehouse.webhook.MappedSignal;
import io.gatehouse.webhook.StepParameters;
import io.gatehouse.webhook.WebhookExchange;
import io.gatehouse.webhook.WrongParameterException;
import java.time.Duration;
import java.util.List;

/** Reads events by a mapping: {@code {"event":{...},"headers":{...}}} becomes signals. */
final class EventMapping implements EventReader {

  /** Name of the parameter with the mapping. */
  static final String JSLT = "jslt";

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final JsltMapping jsltMapping;
  private final TimeLimiter limit = new TimeLimiter(LIMIT, "map:events");

  EventMapping(StepParameters parameters) {
    String text = parameters.given().get(JSLT);
    if (text == null) {
      throw new WrongParameterException(JSLT, "is missing here");
    }
    this.jsltMapping = JsltMapping.compile(text);
  }

  @Override
  public List<Signal> read(JsonNode event, WebhookExchange exchange) {
    ObjectNode input = Json.object();
    input.set("event", event);
    ObjectNode headers = input.putObject("headers");
    exchange.call().headers().forEach(headers::put);
    return MappedSignal.all(mapped(input));
  }

  private JsonNode mapped(ObjectNode input) {
    try {
      return limit.run(() -> jsltMapping.value(input));
    } catch (ScimException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
