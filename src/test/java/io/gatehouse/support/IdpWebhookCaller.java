package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.SignalCodec;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An IdP that calls the webhook of its connection. */
public record IdpWebhookCaller(Gateway gateway, JsonNode made) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  public UUID connection() {
    return UUID.fromString(made.path("id").asText());
  }

  /** The same connection, by SCIM. */
  public ScimClient scim() {
    return new ScimClient(
        gateway,
        made.path("tenant").asText(),
        made.path("id").asText(),
        made.path("token").asText());
  }

  /** A POST with headers in pairs of name and value. */
  public Answer post(String body, String... headers) {
    return post("", body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public Answer post(String more, byte[] body, String... headers) {
    return call("POST", more, body, headers);
  }

  public Answer call(String method, String more, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + more))
            .timeout(PATIENCE)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return gateway.send(request.build());
  }

  private String url() {
    return gateway.url("/webhooks/" + made.path("idp").asText() + "/" + made.path("id").asText());
  }

  /** The subscriptions that the gateway has made at the IdP are these. */
  public void subscriptions(String json) {
    gateway.sql(
        "insert into idp_state (connection_id, name, value) values (?, 'graph.subscriptions', ?)",
        connection(),
        json);
    gateway.bean(io.gatehouse.webhook.WebhookConnections.class).refresh();
  }

  /**
   * What is in the inbox, when all has arrived there that was accepted before: a signal that is
   * sent after it, on the same queue and in the same group, has.
   */
  public List<Signal> kept() {
    Witness.follow(this);
    return stored();
  }

  List<Signal> stored() {
    return gateway
        .bean(JdbcClient.class)
        .sql("select signal::text from inbox where connection_id = ? order by id")
        .param(connection())
        .query(String.class)
        .list()
        .stream()
        .map(it -> SignalCodec.decode(Json.stored(it)))
        .filter(it -> !Witness.is(it))
        .toList();
  }

  /** How many events of the IdP had a result so far. */
  public double counted(String result) {
    return gateway
        .bean(io.micrometer.core.instrument.MeterRegistry.class)
        .counter("gatehouse.edge.webhook", "idp", made.path("idp").asText(), "result", result)
        .count();
  }
}
