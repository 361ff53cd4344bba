package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.StartupRefusedException;
import io.gatehouse.embedded.SharedBinaries;
import io.gatehouse.support.Gateway;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that may forget is no database for an identity gateway. */
class DurabilityTest {

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
  void runsAnEmbeddedDatabaseThatKeepsWhatItCommits(String setting) {
    assertThat(
            Gateway.shared()
                .bean(JdbcClient.class)
                .sql("show " + setting)
                .query(String.class)
                .single())
        .isEqualTo("on");
  }

  @Test
  void refusesADatabaseThatDoesNotWithOneSentence() throws Exception {
    try (EmbeddedPostgres forgetful =
        SharedBinaries.start(it -> it.setServerConfig("synchronous_commit", "on"))) {
      String url = forgetful.getJdbcUrl("postgres", "postgres");

      assertThatThrownBy(
              () -> Gateway.start(Gateway.temporaryFolder(), "--gatehouse.db.url=" + url))
          .hasRootCauseInstanceOf(StartupRefusedException.class)
          .rootCause()
          .hasMessage(
              "PostgreSQL may lose committed transactions, because these settings are off: fsync.");
    }
  }
}
