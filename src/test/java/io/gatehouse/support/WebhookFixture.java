package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A webhook call of recorded shape, with the answer and the signals that are expected of it. */
public record WebhookFixture(JsonNode json) {

  private static final Set<String> SET_BY_THE_CLIENT = Set.of("host", "content-length");

  /** What the operations that fixtures propose are called here. */
  private static final Map<String, Kind> OPERATIONS =
      Map.ofEntries(
          Map.entry("USER_UPSERT", Kind.USER_CHANGED),
          Map.entry("USER_REFRESH", Kind.USER_CHANGED),
          Map.entry("USER_ACTIVATE", Kind.USER_ACTIVATED),
          Map.entry("USER_DEACTIVATE", Kind.USER_DEACTIVATED),
          Map.entry("USER_SUSPEND", Kind.USER_DEACTIVATED),
          Map.entry("USER_SOFT_DELETE", Kind.USER_DELETED),
          Map.entry("APP_ASSIGN", Kind.USER_ASSIGNED),
          Map.entry("APP_UNASSIGN", Kind.USER_UNASSIGNED),
          Map.entry("GROUP_REFRESH", Kind.GROUP_CHANGED),
          Map.entry("GROUP_DELETE", Kind.GROUP_DELETED),
          Map.entry("GROUP_MEMBER_ADD", Kind.MEMBER_ADDED),
          Map.entry("GROUP_MEMBER_REMOVE", Kind.MEMBER_REMOVED),
          Map.entry("GRAPH_RENEW", Kind.FEED_EXPIRES),
          Map.entry("GRAPH_RECREATE", Kind.FEED_BROKEN),
          Map.entry("GRAPH_DELTA", Kind.FEED_BROKEN));

  public static WebhookFixture of(Path file) {
    try {
      return new WebhookFixture(Json.MAPPER.readTree(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return json.path("name").asText();
  }

  /** What must be arranged before, in words. */
  public Optional<String> given() {
    return Optional.ofNullable(json.path("given").textValue());
  }

  /** Makes the call, and checks the answer. */
  public void run(IdpWebhookCaller sender) {
    JsonNode request = json.path("request");
    Answer answer =
        sender.call(
            request.path("method").asText(), below(request), body(request), headers(request));
    JsonNode expected = json.path("expect");

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(expected.path("status").asInt());
    expected
        .path("headers")
        .properties()
        .forEach(
            it ->
                assertThat(answer.header(it.getKey()))
                    .as(it.getKey())
                    .isEqualTo(it.getValue().asText()));
    checkBody(answer, expected.path("body"));
  }

  private static void checkBody(Answer answer, JsonNode expected) {
    if (expected.isTextual()) {
      assertThat(answer.http().body()).isEqualTo(expected.textValue());
    } else if (expected.isContainerNode()) {
      assertThat(answer.json()).isEqualTo(expected);
    }
  }

  /** What comes after the address of the connection: {@code /webhooks/graph/acme}. */
  private static String below(JsonNode request) {
    return request.path("path").asText().replaceFirst("^(/[^/?]+){3}", "");
  }

  private static byte[] body(JsonNode request) {
    JsonNode body = request.path("body");
    if (body.isNull()) {
      return null;
    }
    String text = body.isTextual() ? body.textValue() : Json.text(body);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String[] headers(JsonNode request) {
    List<String> headers = new ArrayList<>();
    for (var header : request.path("headers").properties()) {
      if (!SET_BY_THE_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        headers.add(header.getKey());
        headers.add(header.getValue().asText());
      }
    }
    return headers.toArray(String[]::new);
  }

  /** Checks that just what is expected has come into the inbox. */
  public void checkKept(List<Signal> kept) {
    List<JsonNode> wanted = new ArrayList<>();
    JsonNode control = json.path("expect").path("control");
    (control.isArray() ? control : List.of(control)).forEach(wanted::add);
    json.path("expect").path("normalized").forEach(wanted::add);
    wanted.removeIf(JsonNode::isMissingNode);

    assertThat(kept).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      check(kept.get(i), wanted.get(i));
    }
  }

  private static void check(Signal kept, JsonNode wanted) {
    assertThat(kept.kind()).isEqualTo(OPERATIONS.get(wanted.path("op").asText()));
    JsonNode subject = wanted.path("subject");
    assertThat(kept.about().id())
        .isEqualTo(subject.path("idpId").asText(wanted.path("subscriptionId").asText()));
    if (subject.has("login")) {
      assertThat(kept.about().login()).isEqualTo(subject.path("login").asText());
    }
    for (String container : List.of("group", "app")) {
      if (wanted.has(container)) {
        assertThat(kept.about().container())
            .isEqualTo(wanted.path(container).path("idpId").asText());
      }
    }
    if (wanted.has("dedupeKey")) {
      assertThat(wanted.path("dedupeKey").asText()).endsWith(":" + kept.source().eventId());
    }
    if (wanted.has("occurredAt")) {
      assertThat(kept.source().occurredAt())
          .isEqualTo(Instant.parse(wanted.path("occurredAt").asText()));
    }
  }
}
