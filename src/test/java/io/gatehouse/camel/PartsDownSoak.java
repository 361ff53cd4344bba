package io.gatehouse.camel;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.support.Health;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readiness names the part that is down within ten seconds, and is back when the part is. */
class PartsDownSoak {

  @TempDir Path folder;

  @Test
  void namesEachPartThatIsDown() throws Exception {
    try (PartsDown scene = new PartsDown(folder)) {
      Health health = scene.health();
      health.awaitReady();

      scene.broker().kill();
      assertThat(health.awaitDown()).as("a broker that is dead").containsExactly("broker");
      scene.broker().startOnAFullDisk();
      assertThat(health.staysDown()).as("a disk that is full").containsExactly("broker");
      scene.broker().kill();
      scene.broker().start();
      health.awaitReady();
      await().atMost(Duration.ofSeconds(20)).until(scene::canHear);

      scene.broker().freeze();
      assertThat(health.awaitDown()).as("a broker that is frozen").containsExactly("broker");
      scene.broker().thaw();
      health.awaitReady();

      scene.database().stop();
      assertThat(health.awaitDown()).as("a database that is away").containsExactly("database");
      scene.database().start();
      health.awaitReady();

      scene.database().readOnly(true);
      assertThat(health.awaitDown()).as("a read-only database").containsExactly("database");
      scene.database().readOnly(false);
      health.awaitReady();

      assertThat(scene.idp().create(user("ada@example.com")).status()).isEqualTo(201);
    }
  }
}
