package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Gateway.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A downstream system that speaks HTTP only, and knows nothing but its user name and password. */
public record PullClient(Gateway gateway, String username, String password) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  public static PullClient of(Gateway gateway, Answer subscription) {
    return new PullClient(
        gateway,
        subscription.json().path("username").asText(),
        subscription.json().path("password").asText());
  }

  public Answer get(String path) {
    return call("GET", path);
  }

  public Answer call(String method, String path) {
    return gateway.send(request(path).method(method, HttpRequest.BodyPublishers.noBody()).build());
  }

  /** The status of a call that may take long. */
  public CompletableFuture<HttpResponse<String>> begin(String path) {
    return HTTP.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    String pair = username + ":" + password;
    return HttpRequest.newBuilder(URI.create(gateway.url("/events" + path)))
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  /** All events after a place, in pages of this size. */
  public List<JsonNode> all(long after, int limit) {
    List<JsonNode> events = new ArrayList<>();
    long place = after;
    JsonNode page;
    do {
      page = get("?after=" + place + "&limit=" + limit).json();
      page.path("events").forEach(events::add);
      place = page.path("next").asLong();
    } while (page.path("more").asBoolean());
    return events;
  }
}
