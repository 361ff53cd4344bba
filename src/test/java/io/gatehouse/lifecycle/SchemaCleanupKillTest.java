package io.gatehouse.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.GatewayProcess;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Values of a deleted schema are dropped to the last after a kill, and each user changes once. */
class SchemaCleanupKillTest {

  private static final int PEOPLE = Integer.getInteger("values", 600);

  /** As many as a step sends. */
  private static final int STEP = 500;

  private static final String URN = "urn:example:hr:2.0:User";

  @Test
  void goesOnAfterAKillAndLeavesNoValue() throws Exception {
    GatewayProcess gateway = GatewayProcess.start(Gateway.temporaryFolder());
    try {
      CsvClient admin = new CsvClient(gateway.client());
      String schemas = "/admin/api/v1/tenants/" + admin.tenant() + "/schemas/" + URN;
      String definition = "{\"resourceType\":\"User\",\"attributes\":[{\"name\":\"badge\"}]}";
      assertThat(gateway.client().call("PUT", schemas, Gateway.ADMIN_TOKEN, definition).status())
          .isEqualTo(200);
      assertThat(admin.bring(people()).status()).isEqualTo(200);

      Answer begun =
          gateway.client().call("DELETE", schemas + "?force=true", Gateway.ADMIN_TOKEN, null);
      assertThat(begun.status()).isEqualTo(202);
      assertThat(begun.json().path("total").asInt()).isEqualTo(PEOPLE);
      String job =
          "/tenants/" + admin.tenant() + "/schema-changes/" + begun.json().path("id").asText();
      Gateway first = gateway.client();
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> first.admin("GET", job, null).json().path("done").asInt() > 0);
      assertThat(first.admin("GET", job, null).json().path("state").asText()).isEqualTo("running");
      gateway.kill();
      gateway = gateway.restart();

      Gateway second = gateway.client();
      await()
          .atMost(Duration.ofSeconds(60 + PEOPLE / 100))
          .until(() -> second.admin("GET", job, null).json().path("state").asText().equals("done"));
      JsonNode ended = second.admin("GET", job, null).json();
      // whose values went by a step that was lost is not found again
      assertThat(ended.path("done").asInt()).isBetween(PEOPLE - STEP, PEOPLE);
      assertThat(ended.path("failed").asInt()).isZero();
      JsonNode last = second.admin("GET", "/users?count=200&tenant=" + admin.tenant(), null).json();
      for (JsonNode user : last.path("users")) {
        assertThat(user.path("version").asInt()).isEqualTo(2);
        JsonNode one = second.admin("GET", "/users/" + user.path("id").asText(), null).json();
        assertThat(one.toString()).doesNotContain("B-1", URN);
      }
      assertThat(last.path("users")).hasSize(200);
      assertThat(second.call("PUT", schemas, Gateway.ADMIN_TOKEN, definition).status())
          .isEqualTo(200);
    } finally {
      gateway.stop();
    }
  }

  private static String people() {
    return "userName,"
        + URN
        + ":badge\n"
        + IntStream.range(0, PEOPLE)
            .mapToObj(i -> "user%06d@example.com,B-1".formatted(i))
            .collect(Collectors.joining("\n"));
  }
}
