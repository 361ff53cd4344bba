package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the events in the body: a JSON document, an array of documents, or one in each line. The
 * events may be under a path, or each in a member. The body may also be a form, or empty. If one
 * event is invalid, the call is refused.
 */
final class DecodeBody implements WebhookStep {

  private final String as;
  private final String empty;
  private final Optional<List<String>> events;
  private final Optional<String> unwrap;

  private DecodeBody(StepParameters parameters) {
    this.as = parameters.oneOf("as", "json", "lines", "form", "json-or-form");
    this.empty = parameters.oneOf("empty", "refused", "event");
    this.events = parameters.path("events");
    this.unwrap = parameters.find("unwrap");
  }

  static DecodeBody of(StepParameters parameters) {
    return new DecodeBody(parameters);
  }

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    if (!exchange.call().is("POST")) {
      throw RefusedWebhookException.of(405, "Only POST brings events here.");
    }
    byte[] body = exchange.call().body();
    if (body.length == 0 && empty.equals("event")) {
      return exchange.withEvents(List.of(Json.object()));
    }
    List<JsonNode> documents = isForm(exchange) ? List.of(form(body)) : json(body);
    List<JsonNode> all = new ArrayList<>();
    documents.forEach(it -> addEvents(all, it));
    return exchange.withEvents(List.copyOf(all));
  }

  private boolean isForm(WebhookExchange exchange) {
    return as.equals("form")
        || (as.equals("json-or-form")
            && exchange
                .call()
                .header("Content-Type")
                .filter(it -> it.startsWith("application/x-www-form-urlencoded"))
                .isPresent());
  }

  private List<JsonNode> json(byte[] body) {
    List<JsonNode> documents;
    try {
      documents = Json.values(body);
    } catch (ScimException e) {
      throw RefusedWebhookException.badRequest(e.refusal().detail());
    }
    if (documents.size() != 1 && !as.equals("lines")) {
      throw RefusedWebhookException.badRequest("The body must be one JSON document.");
    }
    return documents;
  }

  /** Adds the events of a document; without the path in it, the document itself is the event. */
  private void addEvents(List<JsonNode> all, JsonNode document) {
    JsonNode found = events.map(it -> JsonPaths.at(document, it)).orElse(document);
    JsonNode content = found.isMissingNode() ? document : found;
    if (content.isArray()) {
      content.forEach(it -> all.add(unwrapped(it)));
    } else if (!content.isNull()) {
      all.add(unwrapped(content));
    }
  }

  private JsonNode unwrapped(JsonNode event) {
    return unwrap.filter(event::has).map(event::path).orElse(event);
  }

  private static JsonNode form(byte[] body) {
    ObjectNode form = Json.object();
    for (String field : new String(body, StandardCharsets.UTF_8).split("&")) {
      String[] parts = field.split("=", 2);
      form.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
    return form;
  }

  private static String decoded(String text) {
    try {
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (Json.isText(decoded)) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      throw noForm();
    }
    throw noForm();
  }

  private static RefusedWebhookException noForm() {
    return RefusedWebhookException.badRequest("The body is no form that can be decoded.");
  }
}
