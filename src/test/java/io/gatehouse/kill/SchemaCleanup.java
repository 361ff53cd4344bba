package io.gatehouse.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A tenant deletes a schema of which users have values. */
final class SchemaCleanup {

  private static final int PEOPLE = Integer.getInteger("values", 1_500);

  /** As many as a step sends. */
  private static final int STEP = 500;

  private static final String URN = "urn:example:hr:2.0:User";
  private static final String DEFINITION =
      "{\"resourceType\":\"User\",\"attributes\":[{\"name\":\"badge\"}]}";

  private final String tenant;
  private final String schema;
  private String job = "";

  private SchemaCleanup(String tenant) {
    this.tenant = tenant;
    this.schema = "/admin/api/v1/tenants/" + tenant + "/schemas/" + URN;
  }

  static SchemaCleanup prepare(Gateway gateway) {
    CsvClient admin = new CsvClient(gateway);
    SchemaCleanup cleanup = new SchemaCleanup(admin.tenant());
    cleanup.define(gateway);
    assertThat(admin.bring(people()).status()).isEqualTo(200);
    return cleanup;
  }

  private static String people() {
    return "userName,"
        + URN
        + ":badge\n"
        + IntStream.range(0, PEOPLE)
            .mapToObj(i -> "user%06d@example.com,B-1".formatted(i))
            .collect(Collectors.joining("\n"));
  }

  void begin(Gateway gateway) {
    Answer begun = gateway.call("DELETE", schema + "?force=true", Gateway.ADMIN_TOKEN, null);
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.json().path("total").asInt()).isEqualTo(PEOPLE);
    job = "/tenants/" + tenant + "/schema-changes/" + begun.json().path("id").asText();
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
    // whose values went by a step that was lost is not found again
    assertThat(ended.path("done").asInt()).isBetween(PEOPLE - STEP, PEOPLE);
    assertThat(ended.path("failed").asInt()).isZero();
    JsonNode last = gateway.admin("GET", "/users?count=200&tenant=" + tenant, null).json();
    for (JsonNode user : last.path("users")) {
      assertThat(user.path("version").asInt()).isEqualTo(2);
      JsonNode one = gateway.admin("GET", "/users/" + user.path("id").asText(), null).json();
      assertThat(one.toString()).doesNotContain("B-1", URN);
    }
    assertThat(last.path("users")).hasSize(200);
    define(gateway);
  }

  private void define(Gateway gateway) {
    assertThat(gateway.call("PUT", schema, Gateway.ADMIN_TOKEN, DEFINITION).status())
        .isEqualTo(200);
  }

  private JsonNode state(Gateway gateway) {
    return gateway.admin("GET", job, null).json();
  }
}
