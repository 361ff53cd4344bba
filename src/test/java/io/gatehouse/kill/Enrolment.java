package io.gatehouse.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An administrator enrols all imported users of a tenant. */
final class Enrolment {

  /** {@code -Denrolments=100000} for the long way. */
  private static final int PEOPLE = Integer.getInteger("enrolments", 1_000);

  private static final ObjectNode ALL = Json.object().put("filter", "userName sw \"user\"");

  private final String tenant;
  private String job = "";

  private Enrolment(String tenant) {
    this.tenant = tenant;
  }

  static Enrolment prepare(Gateway gateway) {
    CsvClient admin = new CsvClient(gateway);
    assertThat(admin.bring(people()).status()).isEqualTo(200);
    return new Enrolment(admin.tenant());
  }

  private static String people() {
    return "userName,name.givenName,name.familyName\n"
        + IntStream.range(0, PEOPLE)
            .mapToObj(i -> "user%06d@example.com,Ada,Lovelace".formatted(i))
            .collect(Collectors.joining("\n"));
  }

  void begin(Gateway gateway) {
    JsonNode begun = enrol(gateway);
    assertThat(begun.path("total").asInt()).isEqualTo(PEOPLE);
    job = "/tenants/" + tenant + "/enrolments/" + begun.path("id").asText();
  }

  boolean isUnderWay(Gateway gateway) {
    JsonNode state = state(gateway);
    assertThat(state.path("state").asText()).isEqualTo("running");
    return state.path("done").asInt() > 0;
  }

  void check(Gateway gateway) {
    await()
        .atMost(Duration.ofSeconds(60 + PEOPLE / 100))
        .until(() -> state(gateway).path("state").asText().equals("done"));
    JsonNode ended = state(gateway);
    assertThat(ended.path("done").asInt()).isEqualTo(PEOPLE);
    assertThat(ended.path("refused").asInt()).isZero();
    assertThat(ended.path("total").asInt()).isEqualTo(PEOPLE);
    assertThat(enrol(gateway).path("total").asInt()).isZero();
  }

  private JsonNode enrol(Gateway gateway) {
    return gateway.admin("POST", "/tenants/" + tenant + "/enrol", ALL).json();
  }

  private JsonNode state(Gateway gateway) {
    return gateway.admin("GET", job, null).json();
  }
}
