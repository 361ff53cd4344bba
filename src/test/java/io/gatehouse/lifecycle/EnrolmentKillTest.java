package io.gatehouse.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An enrolment goes on after a kill, and leaves nobody out. */
class EnrolmentKillTest {

  /** {@code -Denrolments=100000} for the long way. */
  private static final int PEOPLE = Integer.getInteger("enrolments", 600);

  @Test
  void goesOnAfterAKillAndLeavesNobodyOut() throws Exception {
    GatewayProcess gateway = GatewayProcess.start(Gateway.temporaryFolder());
    try {
      CsvClient admin = new CsvClient(gateway.client());
      assertThat(admin.bring(people()).status()).isEqualTo(200);
      ObjectNode all = Json.object().put("filter", "userName sw \"user\"");
      String enrol = "/tenants/" + admin.tenant() + "/enrol";

      JsonNode begun = gateway.client().admin("POST", enrol, all).json();
      assertThat(begun.path("total").asInt()).isEqualTo(PEOPLE);
      String job = "/tenants/" + admin.tenant() + "/enrolments/" + begun.path("id").asText();
      Gateway first = gateway.client();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> first.admin("GET", job, null).json().path("done").asInt() > 0);
      gateway.kill();
      gateway = gateway.restart();

      Gateway second = gateway.client();
      await()
          .atMost(Duration.ofSeconds(60 + PEOPLE / 100))
          .until(() -> second.admin("GET", job, null).json().path("state").asText().equals("done"));
      JsonNode ended = second.admin("GET", job, null).json();
      assertThat(ended.path("done").asInt()).isEqualTo(PEOPLE);
      assertThat(ended.path("refused").asInt()).isZero();
      assertThat(ended.path("total").asInt()).isEqualTo(PEOPLE);
      assertThat(second.admin("POST", enrol, all).json().path("total").asInt()).isZero();
    } finally {
      gateway.stop();
    }
  }

  private static String people() {
    return "userName,name.givenName,name.familyName\n"
        + IntStream.range(0, PEOPLE)
            .mapToObj(i -> "user%06d@example.com,Ada,Lovelace".formatted(i))
            .collect(Collectors.joining("\n"));
  }
}
