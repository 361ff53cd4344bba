package io.gatehouse.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.StartupRefusedException;
import io.gatehouse.support.DatabasePair;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * {@code ./mvnw test -Psoak -Dtest=DatabasePairSoak}: sixteen IdPs write while PostgreSQL is killed
 * and its standby takes over.
 */
@ExtendWith(OutputCaptureExtension.class)
class DatabasePairSoak {

  /** The longest that a client may wait for an answer. */
  private static final Duration BOUND = Duration.ofSeconds(16);

  @TempDir Path folder;

  @Test
  void losesDoublesAndInvertsNothing(CapturedOutput output) throws Exception {
    try (DatabasePair pair = DatabasePair.start(folder, true);
        Gateway gateway = Gateway.start(Gateway.temporaryFolder(), pair.settings())) {
      assertThat(output).doesNotContain("when a standby takes over");
      ScimClient idp = gateway.connection("standard");
      Gateway.Answer subscription = gateway.subscription(idp.tenant(), "training");
      CountingWriters writers = CountingWriters.begin(idp, () -> gateway);
      try {
        writers.awaitMore();
        long start = System.nanoTime();
        pair.fail();
        writers.awaitMore();
        System.out.printf(
            "DATABASE PAIR failover and more changes after %d ms%n",
            Duration.ofNanos(System.nanoTime() - start).toMillis());
        writers.awaitMore();
      } finally {
        writers.end();
      }
      System.out.println("DATABASE PAIR " + writers.summary());
      CountingWriters.awaitEvents(gateway);
      writers.check(Subscriber.of(subscription));
      assertThat(writers.longestAnswer()).isLessThan(BOUND);
    }
  }

  @Test
  void promisesNothingWhileNoStandbyConfirms() throws Exception {
    try (DatabasePair pair = DatabasePair.start(folder, true);
        Gateway gateway = Gateway.start(Gateway.temporaryFolder(), pair.settings())) {
      ScimClient idp = gateway.connection("standard");
      pair.loseTheStandby();
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        Gateway.Answer answer = idp.create(ScimClient.user("ada" + i + "@example.com"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
      }
      pair.returnTheStandby();
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> idp.create(ScimClient.user("grace@example.com")).status() == 201);
    }
  }

  @Test
  void saysWhatMayBeLostWithoutSynchronousReplicationAndRefusesTheStandbyItself(
      CapturedOutput output) throws Exception {
    try (DatabasePair pair = DatabasePair.start(folder, false)) {
      Gateway.start(Gateway.temporaryFolder(), pair.settings()).close();
      assertThat(output)
          .containsOnlyOnce(
              "The database is being replicated, and commits wait for no standby, because"
                  + " synchronous_standby_names is empty: when a standby takes over, accepted changes of the last moments may be lost");
      assertThatThrownBy(
              () -> Gateway.start(Gateway.temporaryFolder(), pair.settingsOfTheStandby()))
          .hasRootCauseInstanceOf(StartupRefusedException.class)
          .rootCause()
          .hasMessageStartingWith("The database is a standby, which takes no writes");
    }
  }
}
