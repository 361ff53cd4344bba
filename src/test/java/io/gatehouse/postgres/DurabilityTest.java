package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.StartupRefusedException;
import io.gatehouse.embedded.SharedBinaries;
import io.gatehouse.postgres.DurabilityCheck.Found;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Ports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fsync                         | off | these settings are off: fsync.
          full_page_writes              | off | these settings are off: full_page_writes.
          synchronous_commit            | off | these settings are off: synchronous_commit.
          default_transaction_read_only | on  | default_transaction_read_only is on
          """)
  void refusesASettingThatLosesOrRefusesWrites(String setting, String value, String sentence) {
    assertThat(found(Map.of(setting, value), 0).refusal().orElse("")).contains(sentence);
    assertThat(found(Map.of(), 1).refusal()).isEmpty();
  }

  @Test
  void refusesAStandby() {
    assertThat(new Found(Map.of(), true, 0).refusal().orElse(""))
        .isEqualTo(
            "The database is a standby, which takes no writes: name the primary in GATEHOUSE_DB_URL,"
                + " or both and targetServerType=primary.");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          ''      | on           | 1 | because synchronous_standby_names is empty: when a standby takes over
          ''      | on           | 0 | -
          standby | on           | 1 | -
          standby | remote_apply | 1 | -
          standby | local        | 0 | because synchronous_commit is local: when a standby takes over
          standby | remote_write | 1 | because synchronous_commit is remote_write: when both crash
          """)
  void warnsOfWhatAFailoverMayLose(String names, String commit, long replicas, String warning) {
    Map<String, String> settings =
        Map.of("synchronous_standby_names", names, "synchronous_commit", commit);

    assertThat(found(settings, replicas).refusal()).isEmpty();
    assertThat(found(settings, replicas).warning().orElse(null))
        .satisfies(
            it -> {
              if (warning == null) {
                assertThat(it).isNull();
              } else {
                assertThat(it).contains(warning).contains("may be lost");
              }
            });
  }

  private static Found found(Map<String, String> changed, long replicas) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "fsync", "on",
                "full_page_writes", "on",
                "synchronous_commit", "on",
                "synchronous_standby_names", "",
                "default_transaction_read_only", "off"));
    settings.putAll(changed);
    return new Found(settings, false, replicas);
  }

  @Test
  void readsWhatTheRoleOfTheGatewayMaySee() {
    JdbcClient gateway = Gateway.shared().bean(JdbcClient.class);

    DurabilityCheck.require(gateway);

    assertThat(gateway.sql("select count(*) from pg_stat_replication").query(Long.class).single())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://a,b/gatehouse",
        "jdbc:postgresql://a:1,b:2/gatehouse?targetServerType=any",
        "jdbc:postgresql://a,b/gatehouse?x=targetServerType=primary"
      })
  void refusesSeveralServersOfWhichOneMayBeAStandby(String url) {
    assertThatThrownBy(() -> DurabilityCheck.requirePrimary(url))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageContaining("needs the option targetServerType=primary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://a/gatehouse?options=-c%20x=1,2",
        "jdbc:postgresql:gatehouse",
        "jdbc:postgresql://a,b/gatehouse?targetServerType=primary",
        "jdbc:postgresql://a,b/gatehouse?connectTimeout=2&targetServerType=primary&x=1"
      })
  void acceptsOneServerOrThePrimary(String url) {
    assertThatCode(() -> DurabilityCheck.requirePrimary(url)).doesNotThrowAnyException();
  }

  @Test
  void saysInOneSentenceThatTheDatabaseIsNotThere() {
    JdbcClient away =
        JdbcClient.create(
            new DriverManagerDataSource(
                "jdbc:postgresql://localhost:" + Ports.free() + "/x", "ada", "a-password"));

    assertThatThrownBy(() -> DurabilityCheck.require(away))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageStartingWith("The database of GATEHOUSE_DB_URL cannot be used: Connection to")
        .hasMessageNotContaining("a-password");
  }

  /** Else the driver would find no primary for them in a URL of several servers. */
  @Test
  void readsInSessionsThatBeginWithTheRightToWriteAndLoseItAtOnce() {
    JdbcConnectionDetails database = Gateway.shared().bean(JdbcConnectionDetails.class);

    try (SideDatabase reads =
        new SideDatabase(
            several(database),
            SideDatabase.Limits.answers(Duration.ofSeconds(2)),
            false,
            new SimpleMeterRegistry())) {
      assertThat(reads.jdbc().sql("show transaction_read_only").query(String.class).single())
          .isEqualTo("on");
    }
  }

  private static JdbcConnectionDetails several(JdbcConnectionDetails one) {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return one.getUsername();
      }

      @Override
      public String getPassword() {
        return one.getPassword();
      }

      @Override
      public String getJdbcUrl() {
        String url = one.getJdbcUrl();
        return url + (url.contains("?") ? "&" : "?") + "targetServerType=primary";
      }
    };
  }
}
