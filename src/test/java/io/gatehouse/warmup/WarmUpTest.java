package io.gatehouse.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The gateway uses itself before it is ready, and nobody can tell afterwards. */
class WarmUpTest {

  /** What has rows in a gateway that was never used. */
  private static final List<String> NEVER_USED =
      List.of("feed", "flyway_schema_history", "instance");

  private final Path data = Gateway.temporaryFolder();

  @Test
  void leavesNoUserTenantEventAuditEntryOrMetric() {
    try (Gateway gateway = Gateway.start(data)) {
      long before = rolledBack(gateway.owner());
      for (String idp : List.of("entra", "okta", "onelogin", "standard")) {
        gateway.bean(WarmUpRound.class).run(idp);
      }

      await().until(() -> rolledBack(gateway.owner()) >= before + 8);
      assertThat(tablesWithRows(gateway.owner())).isSubsetOf(NEVER_USED);
      assertThat(gateway.admin("GET", "/tenants", null).http().body()).doesNotContain("warm-up");
      assertThat(gateway.admin("GET", "/audit", null).http().body()).doesNotContain("warm-up");
      String metrics =
          gateway.call("GET", "/actuator/prometheus", Gateway.ADMIN_TOKEN, null).http().body();
      assertThat(metrics).doesNotContain("warm-up");
    }
  }

  @Test
  void leavesNothingWhenItIsKilledMeanwhile() throws Exception {
    GatewayProcess gateway = GatewayProcess.begin(data, List.of("-Dgatehouse.warm-up=600s"));
    await()
        .atMost(Duration.ofMinutes(5))
        .ignoreExceptions()
        .until(() -> rolledBack(superuser()) > 4);
    assertThat(gateway.client().call("GET", "/actuator/health/readiness", null, null).status())
        .isEqualTo(503);

    gateway.kill();

    // The server lives on, and what the last transaction did is undone.
    await().until(() -> sessions(superuser()) == 0);
    assertThat(tablesWithRows(superuser())).isSubsetOf(NEVER_USED);
    try (Gateway next = Gateway.start(data)) {
      assertThat(next.admin("GET", "/tenants", null).http().body()).doesNotContain("warm-up");
    }
  }

  private static List<String> tablesWithRows(JdbcClient database) {
    TreeSet<String> found = new TreeSet<>();
    for (String table :
        database
            .sql(
                "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
            .query(String.class)
            .list()) {
      if (database.sql("select exists (select from " + table + ")").query(Boolean.class).single()) {
        found.add(table);
      }
    }
    return List.copyOf(found);
  }

  private static long rolledBack(JdbcClient database) {
    return database
        .sql("select xact_rollback from pg_stat_database where datname = 'postgres'")
        .query(Long.class)
        .single();
  }

  private static long sessions(JdbcClient database) {
    return database
        .sql("select count(*) from pg_stat_activity where usename = 'gatehouse_app'")
        .query(Long.class)
        .single();
  }

  private JdbcClient superuser() throws Exception {
    String port = Files.readAllLines(data.resolve("pg/postmaster.pid")).get(3).strip();
    return JdbcClient.create(
        new DriverManagerDataSource(
            "jdbc:postgresql://localhost:" + port + "/postgres",
            "postgres",
            Files.readString(data.resolve("pg-password"))));
  }
}
