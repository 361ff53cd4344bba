package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.Instance;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What uses up the connections of one pool does not stop what has another. */
class PoolsTest {

  private final Gateway gateway = Gateway.shared();
  private final ExecutorService sleepers = Executors.newCachedThreadPool();

  /** No other test waits for their connections. */
  @AfterEach
  void end() throws InterruptedException {
    sleepers.shutdownNow();
    assertThat(sleepers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void searchesDoNotDelayTheAnswersOfWrites() {
    ScimClient idp = gateway.connection("okta");
    JdbcClient reads = gateway.bean("readDatabase", SideDatabase.class).jdbc();
    sleep(reads, 100, 1.8);

    // without a pool of their own, the first would wait for longer than it may
    Answer created = idp.create(ScimClient.user("ada@example.com"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(idp.createGroup("Nurses", created.id()).status()).isEqualTo(201);
  }

  @Test
  void aGatewayIsSeenToLiveWhileWritesHaveAllConnections() {
    String own = gateway.bean(Instance.class).id();
    sleep(gateway.bean(JdbcClient.class), 40, 9.5);
    Instant from = Instant.now();

    await().atMost(Duration.ofSeconds(9)).until(() -> seen(own).isAfter(from));
  }

  /** One was seen without a limit, whoever took it away. */
  @Test
  void noConnectionOfTheWritesIsTakenWithoutALimit() throws Exception {
    DataSource writes = gateway.bean(DataSource.class);
    for (int i = 0; i < 20; i++) {
      try (Connection taken = writes.getConnection()) {
        unlimit(taken);
      }
    }

    List<Connection> taken = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        taken.add(writes.getConnection());
      }
      assertThat(taken).allSatisfy(it -> assertThat(it.getNetworkTimeout()).isEqualTo(12_000));
    } finally {
      for (Connection connection : taken) {
        connection.close();
      }
    }
  }

  /** Behind the back of the pool, which puts right what it knows of. */
  private static void unlimit(Connection taken) throws SQLException {
    ((Connection) taken.unwrap(PGConnection.class)).setNetworkTimeout(Runnable::run, 0);
  }

  private Instant seen(String instance) {
    return gateway
        .owner()
        .sql("select seen_at from instance where id = ?")
        .param(instance)
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .single();
  }

  /** Takes all connections, one caller after the other. */
  private void sleep(JdbcClient pool, int callers, double seconds) {
    String sql = "select pg_sleep(" + seconds + ")";
    for (int i = 0; i < callers; i++) {
      sleepers.submit(() -> pool.sql(sql).query((row, n) -> n).list());
    }
    await().pollDelay(Duration.ofMillis(300)).until(() -> true);
  }
}
