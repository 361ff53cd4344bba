package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.directory.LifecycleState;
import io.gatehouse.directory.Person;
import io.gatehouse.directory.Provenance;
import io.gatehouse.scim.Json;
import io.gatehouse.support.EmptyDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How PostgreSQL finds names of an import in a tenant that the statistics do not know yet. */
class ImportPlanTest {

  private static final int PEOPLE = 3_000;

  /** Plans depend on what else is stored, so nothing else is. */
  private static final EmptyDatabase DATABASE = EmptyDatabase.start();

  private static final JdbcClient JDBC = DATABASE.jdbc();

  @AfterAll
  static void stop() {
    DATABASE.close();
  }

  private static UUID tenant;

  @BeforeAll
  static void aTenantWithoutStatistics() {
    save(Population.of(JDBC, List.of()).caller().tenant());
    JDBC.sql("analyze person").update();
    tenant = Population.of(JDBC, List.of()).caller().tenant();
    save(tenant);
  }

  private static void save(UUID tenant) {
    Instant now = Instant.now();
    new PostgresPeople(JDBC)
        .save(
            IntStream.range(0, PEOPLE)
                .mapToObj(
                    i ->
                        new Person(
                            tenant,
                            UUID.randomUUID(),
                            null,
                            1,
                            now,
                            now,
                            LifecycleState.NEW,
                            Provenance.UNKNOWN,
                            Json.object().put("userName", "user" + i).put("active", true)))
                .toList());
  }

  @Test
  void looksUpWhoHasAName() {
    assertThat(plan(PostgresPeople.HOLDERS)).contains("person_user_name", "user_name_key >=");
  }

  @Test
  void looksUpWhoHadAName() {
    assertThat(plan(PostgresPeople.LEAVERS)).contains("person_deleted", "user_name_key >=");
  }

  private static String plan(String sql) {
    List<Integer> names = IntStream.range(0, 500).boxed().toList();
    return String.join(
        "\n",
        JDBC.sql("explain " + sql)
            .param(ColumnValues.array("uuid", names, it -> tenant))
            .param(ColumnValues.array("text", names, it -> "user" + it))
            .query(String.class)
            .list());
  }
}
