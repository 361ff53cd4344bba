package io.gatehouse.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.Health;
import io.gatehouse.support.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three rows of {@code src/docs/degraded-modes.md}, whose answers come within seconds; {@link
 * DegradedModesSoak} runs all of them, and for longer than the longest answer takes.
 */
class DegradedModesTest {

  private static final Path PAGE = Path.of("src/docs/degraded-modes.md");
  private static final OutageRun.Load LOAD =
      new OutageRun.Load(3, Duration.ofMillis(100), Duration.ZERO);

  @TempDir static Path folder;
  private static OutageScene scene;

  @BeforeAll
  static void start() throws Exception {
    scene = new OutageScene(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"DATABASE_READ_ONLY", "NAMES_UNKNOWN", "CLOCK_BACK"})
  void answersInTimeAndRecovers(Outage outage) throws Exception {
    OutageRun.of(scene, outage, LOAD);
  }

  /** Nothing of it is left, so that the request can be repeated. */
  @Test
  void doesNotMakeASubscriptionAtABrokerThatIsTooSlow() throws Exception {
    Gateway gateway = scene.gateway();
    String tenant = gateway.tenant();
    long start = System.nanoTime();
    Answer refused;
    scene.toBroker().delay(Duration.ofSeconds(2));
    try {
      refused = gateway.subscription(tenant, "training");
    } finally {
      scene.heal();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Calls.LONGEST);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isNotEmpty();
    new Health(gateway).awaitReady();
    assertThat(gateway.subscription(tenant, "training").status()).isEqualTo(201);
  }

  @Test
  void isTheTableOfThePage() {
    String rows = Arrays.stream(Outage.values()).map(Outage::row).collect(Collectors.joining("\n"));

    assertThat(Pages.text(PAGE)).contains(rows);
  }
}
