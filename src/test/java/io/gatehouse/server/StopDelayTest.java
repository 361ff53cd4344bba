package io.gatehouse.server;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.SharedStores;
import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A gateway that is told to stop says so before it refuses a request, and answers what it has. */
class StopDelayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Test
  void answersWhatComesAfterReadinessIsDownAndWhatIsUnderWay() throws Exception {
    Gateway first = Gateway.shared();
    Gateway second =
        SharedStores.start(
            first, Gateway.temporaryFolder(), Gateway.SECRET_KEY, "--gatehouse.stop-delay=10s");
    ScimClient idp = first.connection("standard");
    ScimClient there = new ScimClient(second, idp.tenant(), idp.connection(), idp.token());
    UUID ada = idp.create(user("ada@example.com")).id();

    CompletableFuture<Void> stop;
    CompletableFuture<Integer> underWay;
    try (Connection other = first.bean(HikariDataSource.class).getConnection()) {
      other.createStatement().execute("set idle_in_transaction_session_timeout = 0");
      other.setAutoCommit(false);
      stop = CompletableFuture.runAsync(second::close);
      await().atMost(PATIENCE).until(() -> !isReady(second));

      assertThat(there.create(user("grace@example.com")).status()).isEqualTo(201);
      other.createStatement().execute("select from person where id = '" + ada + "' for update");
      underWay =
          CompletableFuture.supplyAsync(
              () ->
                  there
                      .patch(ada, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Countess\"}")
                      .status());
      await().atMost(PATIENCE).until(() -> isRefused(there));
      other.rollback();
      other.setAutoCommit(true);
      other.createStatement().execute("reset idle_in_transaction_session_timeout");
    }
    assertThat(underWay.join()).isEqualTo(200);
    stop.join();
  }

  private static boolean isReady(Gateway gateway) {
    try {
      return gateway.call("GET", "/actuator/health/readiness", null, null).status() == 200;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static boolean isRefused(ScimClient idp) {
    try {
      return idp.get(UUID.randomUUID()).status() == 503;
    } catch (RuntimeException e) {
      return true;
    }
  }
}
