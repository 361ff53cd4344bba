package io.gatehouse.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;

/** What the log has with {@code LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs}. */
class StructuredLogTest {

  private static final Gateway GATEWAY = Gateway.shared();
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> console = new OutputStreamAppender<>();

  @BeforeEach
  void attach() {
    logback.putObject(Environment.class.getName(), GATEWAY.bean(Environment.class));
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(logback);
    encoder.setFormat("ecs");
    encoder.start();
    console.setContext(logback);
    console.setEncoder(encoder);
    console.setOutputStream(written);
    console.start();
    root.addAppender(console);
  }

  @AfterEach
  void detach() {
    root.detachAppender(console);
    console.stop();
  }

  @Test
  void namesTheTenantTheConnectionAndTheCommandOfAFailureAndNothingOfAUser() {
    ScimClient idp = GATEWAY.connection("entra");
    String userName = "grace.hopper@navy.example";
    ObjectNode user = ScimClient.user(userName);
    user.withObjectProperty("name").put("familyName", "Hopper").put("givenName", "Grace");
    user.put("password", "correct-horse-battery");
    UUID id = idp.create(user).id();
    String wrong = "gatehouse_wrongWrongWrongWrongWrong";

    assertThat(idp.create(user).status()).isEqualTo(409);
    assertThat(idp.find("userName eq \"" + userName).status()).isEqualTo(400);
    assertThat(GATEWAY.call("GET", "/scim/v2/Users/" + id, wrong, null).status()).isEqualTo(401);
    breakStored(id);
    assertThat(idp.with("traceparent", TRACE, "GET", id, null).status()).isEqualTo(500);
    assertThat(idp.patch(id, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Admiral\"}"))
        .satisfies(it -> assertThat(it.status()).isEqualTo(500));

    List<JsonNode> lines = lines();
    assertThat(lines)
        .allSatisfy(
            it -> {
              assertThat(it.path("@timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
              assertThat(it.at("/log/level").asText()).isNotEmpty();
              assertThat(it.path("message").asText()).isNotEmpty();
              assertThat(it.at("/ecs/version").asText()).isNotEmpty();
              assertThat(it.at("/service/name").asText()).isEqualTo("gatehouse");
            });
    List<JsonNode> ours =
        lines.stream()
            .filter(it -> it.at("/gatehouse/connection").asText().equals(idp.connection()))
            .toList();
    assertThat(ours)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.at("/gatehouse/tenant").asText()).isEqualTo(idp.tenant()));
    assertThat(ours)
        .as("the read")
        .anySatisfy(
            it -> {
              assertThat(it.path("message").asText()).isEqualTo("A request failed");
              assertThat(it.at("/trace/id").asText()).isEqualTo(TRACE.split("-")[1]);
            });
    assertThat(ours)
        .as("the write")
        .anySatisfy(
            it -> {
              String command = it.at("/gatehouse/command").asText();
              assertThat(command).isNotEmpty();
              assertThat(it.path("message").asText()).contains(command);
            });
    assertThat(written.toString(StandardCharsets.UTF_8))
        .doesNotContainIgnoringCase("hopper")
        .doesNotContainIgnoringCase("navy.example")
        .doesNotContainIgnoringCase("admiral")
        .doesNotContain("correct-horse", idp.token(), wrong, Gateway.ADMIN_TOKEN);
  }

  @Test
  void saysNothingOfACallInTheLinesOfTheNextOneOnItsThread() {
    ScimClient idp = GATEWAY.connection("entra");
    for (int i = 0; i < 10; i++) {
      assertThat(idp.find("userName eq \"nobody\"").status()).isEqualTo(200);
      assertThat(GATEWAY.call("GET", "/scim/v2/Users", "gatehouse_no", null).status())
          .isEqualTo(401);
    }

    assertThat(lines())
        .filteredOn(it -> it.path("message").asText().startsWith("event=refused"))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.has("gatehouse")).isFalse());
  }

  /** As no write of the gateway would leave it. */
  private static void breakStored(UUID id) {
    assertThat(
            GATEWAY.sql(
                "update person set doc = to_jsonb('grace.hopper@navy.example'::text) where id = ?",
                id))
        .isEqualTo(1);
  }

  private List<JsonNode> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().<JsonNode>map(Json::stored).toList();
  }
}
