package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Subscriptions of Microsoft Graph: made only for who answers the handshake, and calling back. */
public final class FakeSubscriptions {

  private static final Duration LONGEST = Duration.ofMinutes(41_760);
  private static final int LONGEST_STATE = 128;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Clock clock;
  private final Map<String, ObjectNode> all = new TreeMap<>();

  FakeSubscriptions(Clock clock) {
    this.clock = clock;
  }

  /** Those that have not expired. */
  public synchronized List<ObjectNode> live() {
    all.values().removeIf(it -> !expires(it).isAfter(clock.instant()));
    return all.values().stream().map(ObjectNode::deepCopy).toList();
  }

  /** Ends one without a word, as Graph does when a token lapses. */
  public synchronized void drop(String id) {
    all.remove(id);
  }

  /** One that somebody else has left behind. */
  public synchronized String stray(String resource, String url) {
    String id = UUID.randomUUID().toString();
    ObjectNode json = Json.object().put("id", id).put("resource", resource);
    json.put("changeType", "updated,deleted").put("notificationUrl", url);
    all.put(id, json.put("expirationDateTime", clock.instant().plus(LONGEST).toString()));
    return id;
  }

  /** Tells the subscribers of {@code users} or {@code groups} that something was changed. */
  public int notify(String collection, String id, String changeType) {
    int status = 0;
    for (ObjectNode it : live()) {
      if (it.path("resource").asText().equals(collection)) {
        ObjectNode item = item(it).put("changeType", changeType);
        item.put("resource", collection + "/" + id).putObject("resourceData").put("id", id);
        status = send(it.path("notificationUrl").asText(), item);
      }
    }
    return status;
  }

  /** Sends an event about a subscription itself. */
  public int lifecycle(String subscription, String event) {
    ObjectNode it;
    synchronized (this) {
      it = all.get(subscription);
    }
    return send(
        it.path("lifecycleNotificationUrl").asText(), item(it).put("lifecycleEvent", event));
  }

  private static ObjectNode item(ObjectNode it) {
    return Json.object()
        .put("subscriptionId", it.path("id").asText())
        .put("subscriptionExpirationDateTime", it.path("expirationDateTime").asText())
        .put("clientState", it.path("clientState").asText())
        .put("tenantId", "7d1f0c2e-3b5a-4c6d-8e9f-0a1b2c3d4e5f");
  }

  private int send(String url, ObjectNode item) {
    return post(url, "application/json", Json.text(FakeGraph.list(Json.array().add(item))))
        .statusCode();
  }

  synchronized FakeReply answer(FakeCall call) {
    String[] path = call.path();
    if (path.length == 2) {
      return call.method().equals("GET") ? list() : create((ObjectNode) call.json());
    }
    ObjectNode known = all.get(path[2]);
    if (known == null) {
      return FakeGraph.error(404, "ResourceNotFound", "The object was not found.");
    }
    if (call.method().equals("DELETE")) {
      all.remove(path[2]);
      return FakeReply.of(204, null);
    }
    return path.length == 4 ? FakeReply.of(204, null) : renew(known, call.json());
  }

  /** The clientState is not shown again. */
  private FakeReply list() {
    ArrayNode items = Json.array();
    live().forEach(it -> items.add(it.putNull("clientState")));
    return FakeReply.ok(FakeGraph.list(items));
  }

  private FakeReply create(ObjectNode wanted) {
    boolean known =
        live().stream()
            .anyMatch(
                it ->
                    it.path("resource").equals(wanted.path("resource"))
                        && it.path("changeType").equals(wanted.path("changeType")));
    if (known) {
      return FakeGraph.error(409, "ExtensionError", "Subscription already exists.");
    }
    if (isTooLong(wanted) || wanted.path("clientState").asText().length() > LONGEST_STATE) {
      return FakeGraph.error(400, "ValidationError", "Subscription is not valid.");
    }
    if (!answersHandshake(wanted.path("notificationUrl").asText())
        || !answersHandshake(wanted.path("lifecycleNotificationUrl").asText())) {
      return FakeGraph.error(400, "ValidationError", "Subscription validation request failed.");
    }
    String id = UUID.randomUUID().toString();
    all.put(id, wanted.put("id", id));
    return FakeReply.of(201, wanted.deepCopy());
  }

  private FakeReply renew(ObjectNode known, JsonNode wanted) {
    if (isTooLong(wanted)) {
      return FakeGraph.error(400, "ValidationError", "Subscription expiration is too late.");
    }
    known.set("expirationDateTime", wanted.path("expirationDateTime"));
    return FakeReply.ok(known.deepCopy());
  }

  private boolean isTooLong(JsonNode wanted) {
    return expires(wanted).isAfter(clock.instant().plus(LONGEST));
  }

  private static Instant expires(JsonNode subscription) {
    return Instant.parse(subscription.path("expirationDateTime").asText());
  }

  private boolean answersHandshake(String url) {
    String token = "Validation: Testing client application reachability " + UUID.randomUUID();
    String query = "validationToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        post(url + (url.contains("?") ? "&" : "?") + query, "text/plain; charset=utf-8", "");
    return answer.statusCode() == 200 && answer.body().equals(token);
  }

  private HttpResponse<String> post(String url, String type, String body) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(url))
              .timeout(Duration.ofSeconds(10))
              .header("Content-Type", type)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
