package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.StartupRefusedException;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Tables of another build are left as they are, and the gateway does not start on them. */
class MigrationTest {

  @Test
  void refusesTheTablesOfAnotherBuildWithOneSentence() throws Exception {
    Path other = Gateway.temporaryFolder();
    Files.writeString(other.resolve("V1__schema.sql"), "create table tenant (id uuid primary key)");
    try (ExternalDatabase database = ExternalDatabase.start(Gateway.temporaryFolder())) {
      DriverManagerDataSource source =
          new DriverManagerDataSource(database.url(), "postgres", "postgres");
      Flyway.configure().dataSource(source).locations("filesystem:" + other).load().migrate();

      assertThatThrownBy(() -> Gateway.start(Gateway.temporaryFolder(), database.settings()))
          .hasRootCauseInstanceOf(StartupRefusedException.class)
          .rootCause()
          .message()
          .startsWith("The tables in the database were made by another build of Gatehouse")
          .contains("an empty database", "GATEHOUSE_DATA")
          .doesNotContainIgnoringCase("repair");
      assertThat(
              JdbcClient.create(source)
                  .sql("select version from flyway_schema_history")
                  .query(String.class)
                  .list())
          .containsExactly("1");
    }
  }
}
