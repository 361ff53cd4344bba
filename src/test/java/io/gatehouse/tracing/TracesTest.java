package io.gatehouse.tracing;

import static io.gatehouse.support.SpanCollector.attribute;
import static io.gatehouse.support.SpanCollector.id;
import static io.gatehouse.support.SpanCollector.parent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.CapturedLog;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.Receiver;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.SpanCollector;
import io.gatehouse.support.Subscriber;
import io.gatehouse.support.Webhook;
import io.gatehouse.support.WebhookGateway;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/** The spans that a gateway exports, from a call to what subscribers get. */
class TracesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final SpanCollector COLLECTOR = SpanCollector.start();
  private static final Gateway GATEWAY =
      Gateway.start(Gateway.temporaryFolder(), "--gatehouse.traces.endpoint=" + COLLECTOR.url());

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final ScimClient idp = GATEWAY.connection("okta");

  @AfterAll
  static void stop() {
    COLLECTOR.hang();
    GATEWAY.close();
    COLLECTOR.close();
  }

  @Test
  void goFromTheCallOverTheQueuesToTheEventAndTheEndpoint() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    Answer subscription = GATEWAY.subscription(idp.tenant(), "training");
    try (Subscriber subscriber = Subscriber.of(subscription);
        Receiver receiver = Receiver.start()) {
      String url = receiver.url() + "/a-secret-of-the-path";
      Webhook.create(GATEWAY, Webhook.wanted(idp.tenant(), "payroll", url));

      Answer created = create("grace.hopper@navy.example", "00-" + trace + "-00f067aa0ba902b7-00");
      assertThat(created.status()).isEqualTo(201);
      ObjectNode event = subscriber.next();

      Span call = span(trace, "POST /scim/v2/Users");
      Span send = span(trace, "send commands");
      Span apply = span(trace, "process commands");
      Span relay = span(trace, "relay changes");
      Span publish = span(trace, "send gatehouse.changes.directory");
      Span post = span(trace, "POST");
      assertThat(parent(call)).isEqualTo("00f067aa0ba902b7");
      assertThat(parent(send)).isEqualTo(id(call));
      assertThat(parent(apply)).isEqualTo(id(send));
      assertThat(parent(relay)).isEqualTo(id(apply));
      assertThat(parent(publish)).isEqualTo(id(relay));
      assertThat(parent(post)).isEqualTo(id(apply));
      String applied = "00-" + trace + "-" + id(apply) + "-01";
      assertThat(event.path("traceparent").asText()).isEqualTo(applied);
      assertThat(receiver.requests().get(0).event().path("traceparent").asText())
          .isEqualTo(applied);
      assertThat(receiver.requests().get(0).header("Traceparent"))
          .isEqualTo("00-" + trace + "-" + id(post) + "-01");

      assertThat(List.of(call, send, apply, relay, publish, post))
          .allSatisfy(it -> assertThat(attribute(it, "gatehouse.tenant")).isEqualTo(idp.tenant()))
          .extracting(Span::getKind)
          .containsExactly(
              SpanKind.SPAN_KIND_SERVER,
              SpanKind.SPAN_KIND_PRODUCER,
              SpanKind.SPAN_KIND_CONSUMER,
              SpanKind.SPAN_KIND_INTERNAL,
              SpanKind.SPAN_KIND_PRODUCER,
              SpanKind.SPAN_KIND_CLIENT);
      assertThat(attribute(call, "http.response.status_code")).isEqualTo("201");
      assertThat(attribute(call, "gatehouse.connection")).isEqualTo(idp.connection());
      assertThat(attribute(apply, "messaging.destination.name")).isEqualTo("commands");
      assertThat(attribute(apply, "messaging.operation.type")).isEqualTo("process");
      assertThat(attribute(apply, "gatehouse.command"))
          .isEqualTo(event.path("correlationid").asText())
          .isEqualTo(attribute(relay, "gatehouse.command"));
      assertThat(attribute(publish, "cloudevents.event_id")).isEqualTo(event.path("id").asText());
      assertThat(attribute(post, "gatehouse.endpoint")).isEqualTo("payroll");
    }
  }

  @Test
  void goFromAWebhookOverTheInboxToTheCommand() {
    String trace = "5bf92f3577b34da6a3ce929d0e0e4736";
    IdpWebhookCaller okta = WebhookGateway.sender(GATEWAY, "okta", "the-webhook-secret");
    okta.scim().create(ScimClient.user("leaver@example.com").put("externalId", "00u1"));
    String event =
        """
        {"data":{"events":[{"uuid":"%s","eventType":"user.lifecycle.deactivate","published":"%s",
         "outcome":{"result":"SUCCESS"},"target":[{"type":"User","id":"00u1"}]}]}}"""
            .formatted(UUID.randomUUID(), Instant.now());

    Answer taken =
        okta.post(
            event,
            "Authorization",
            "the-webhook-secret",
            "traceparent",
            "00-" + trace + "-00f067aa0ba902b7-01");
    assertThat(taken.status()).isLessThan(300);

    Span call = span(trace, "POST /webhooks/{idp}/{connection}");
    Span told = span(trace, "send signals");
    Span kept = span(trace, "process signals");
    Span send = span(trace, "send commands");
    Span apply = span(trace, "process commands");
    assertThat(parent(told)).isEqualTo(id(call));
    assertThat(parent(kept)).isEqualTo(id(told));
    assertThat(parent(send)).isEqualTo(id(kept));
    assertThat(parent(apply)).isEqualTo(id(send));
    assertThat(List.of(call, told, apply))
        .allSatisfy(
            it ->
                assertThat(attribute(it, "gatehouse.connection"))
                    .isEqualTo(okta.connection().toString()));
  }

  @Test
  void haveTheIdOfTheLogAndNothingOfAUser() {
    ObjectNode user = ScimClient.user("grace.hopper@navy.example");
    user.withObjectProperty("name").put("familyName", "Hopper").put("givenName", "Grace");
    UUID id = idp.create(user).id();
    idp.find("userName eq \"grace.hopper@navy.example\"");
    GATEWAY.call("GET", "/scim/v2/Users/grace.hopper@navy.example", idp.token(), null);
    GATEWAY.call("GET", "/scim/v2/grace.hopper@navy.example", idp.token(), null);
    GATEWAY.call("POST", "/webhooks/okta/grace.hopper", null, "{}");
    GATEWAY.admin("GET", "/tenants/grace.hopper@navy.example", null);
    GATEWAY.admin("GET", "/tenants/" + idp.tenant() + "/standing", null);
    GATEWAY.sql("update person set doc = to_jsonb('Hopper'::text) where id = ?", id);
    assertThat(idp.get(id).status()).isEqualTo(500);

    Span failed =
        await().atMost(PATIENCE).until(() -> failed("GET /scim/v2/Users/{id}"), it -> it != null);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                COLLECTOR.spans().stream()
                    .filter(it -> it.getName().endsWith("/admin/api/v1/tenants/{slug}/standing"))
                    .anyMatch(it -> attribute(it, "gatehouse.tenant").equals(idp.tenant())));

    assertThat(attribute(failed, "error.type")).isEqualTo("500");
    assertThat(log.text().lines().filter(it -> it.contains("A request failed")))
        .anySatisfy(it -> assertThat(it).contains("trace.id=" + hex(failed)));
    assertThat(COLLECTOR.received())
        .contains("/webhooks/{idp}/{connection}", idp.tenant())
        .doesNotContainIgnoringCase("hopper")
        .doesNotContainIgnoringCase("navy.example")
        .doesNotContainIgnoringCase("bearer")
        .doesNotContain("a-secret-of-the-path", idp.token(), Gateway.ADMIN_TOKEN, "userName");
  }

  @Test
  void areLostWhileTheCollectorRefusesThemAndNothingElseIs() {
    COLLECTOR.answers(503);
    try {
      assertThat(idp.create(ScimClient.user("lost@example.com")).status()).isEqualTo(201);
      await().atMost(PATIENCE).until(() -> metric("failed") > 0);
    } finally {
      COLLECTOR.answers(200);
    }
    double exported = metric("exported");
    assertThat(idp.create(ScimClient.user("kept@example.com")).status()).isEqualTo(201);
    await().atMost(PATIENCE).until(() -> metric("exported") > exported);
  }

  @Test
  void areNotThereWithoutAnEndpoint() {
    assertThatThrownBy(() -> Gateway.shared().bean(Spans.class))
        .isInstanceOf(NoSuchBeanDefinitionException.class);
    assertThat(
            Gateway.shared()
                .call("GET", "/actuator/prometheus", Gateway.ADMIN_TOKEN, null)
                .http()
                .body())
        .doesNotContain("gatehouse_tracing");
  }

  private Answer create(String userName, String traceparent) {
    return GATEWAY.send(
        HttpRequest.newBuilder(URI.create(GATEWAY.url("/scim/v2/Users")))
            .header("Authorization", "Bearer " + idp.token())
            .header("Content-Type", "application/scim+json")
            .header("traceparent", traceparent)
            .POST(BodyPublishers.ofString(Json.text(ScimClient.user(userName))))
            .build());
  }

  /** The span that has succeeded; what was tried again has others before. */
  private static Span span(String trace, String name) {
    return await(name)
        .atMost(PATIENCE)
        .until(
            () ->
                COLLECTOR.trace(trace).stream()
                    .filter(it -> it.getName().equals(name))
                    .filter(it -> it.getStatus().getCode() == StatusCode.STATUS_CODE_UNSET)
                    .findAny(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static Span failed(String name) {
    return COLLECTOR.spans().stream()
        .filter(it -> it.getName().equals(name))
        .filter(it -> it.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR)
        .findAny()
        .orElse(null);
  }

  private static String hex(Span span) {
    return HexFormat.of().formatHex(span.getTraceId().toByteArray());
  }

  private static double metric(String outcome) {
    return GATEWAY
        .bean(MeterRegistry.class)
        .get("gatehouse.tracing.spans")
        .tag("outcome", outcome)
        .counter()
        .count();
  }
}
