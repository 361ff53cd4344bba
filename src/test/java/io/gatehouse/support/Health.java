package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Gateway.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a load balancer and an operator ask. */
public record Health(Gateway gateway) {

  private static final Duration DOWN = Duration.ofSeconds(10);

  /** Less than any wait for a connection of the writes, and enough for a machine that is busy. */
  private static final Duration IN_TIME = Duration.ofSeconds(4);

  /** Waits until it is ready. */
  public void awaitReady() {
    await().atMost(Duration.ofSeconds(40)).until(() -> readiness() == 200);
    assertThat(down()).isEmpty();
  }

  /** Waits until it is not ready, for ten seconds at most, and says which parts are down. */
  public List<String> awaitDown() {
    await().atMost(DOWN).until(() -> readiness() == 503);
    return down();
  }

  /** Sees that it is not ready for eight seconds on end, and says which parts are down. */
  public List<String> staysDown() {
    await()
        .during(Duration.ofSeconds(8))
        .atMost(Duration.ofSeconds(9))
        .until(() -> readiness() == 503);
    return down();
  }

  /** Sees that it is ready for eight seconds on end: longer than one probe is good for. */
  public void staysReady() {
    await()
        .during(Duration.ofSeconds(8))
        .atMost(Duration.ofSeconds(20))
        .until(() -> readiness() == 200);
  }

  /** The status of an answer that must come at once. */
  private int readiness() {
    long start = System.nanoTime();
    Answer answer = gateway.call("GET", "/actuator/health/readiness", null, null);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
    assertThat(answer.http().body()).doesNotContain("broker", "database", "commands");
    return answer.status();
  }

  private List<String> down() {
    JsonNode readiness = gateway.admin("GET", "/status", null).json().path("readiness");
    List<String> down = new ArrayList<>();
    readiness.path("down").forEach(it -> down.add(it.asText()));
    assertThat(readiness.path("ready").asBoolean()).isEqualTo(down.isEmpty());
    return down;
  }
}
