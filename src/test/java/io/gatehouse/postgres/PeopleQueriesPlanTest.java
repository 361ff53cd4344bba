package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.directory.PeopleQueries.Search;
import io.gatehouse.directory.PeopleQueries.State;
import io.gatehouse.directory.ResourceQuery.Position;
import io.gatehouse.support.EmptyDatabase;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How PostgreSQL reads the register of a tenant of twenty thousand, where those who are looked for
 * are the last who were made: nobody else is read on the way to them.
 */
class PeopleQueriesPlanTest {

  /** Plans depend on what else is stored, so nothing else is. */
  private static final EmptyDatabase DATABASE = EmptyDatabase.start();

  private static final JdbcClient JDBC = DATABASE.jdbc();

  @AfterAll
  static void stop() {
    DATABASE.close();
  }

  /** Few, and therefore read one by one. */
  private static final Pattern CONNECTIONS =
      Pattern.compile("Seq Scan on connection.*?Rows Removed by Filter: \\d+", Pattern.DOTALL);

  private static final UUID FIRST = new UUID(0, 0);
  private static Population population;
  private static UUID late;

  @BeforeAll
  static void twentyThousandUsers() {
    population = Population.of(JDBC, List.of());
    late = UUID.randomUUID();
    UUID tenant = population.caller().tenant();
    JDBC.sql("insert into connection (id, tenant_id, name, idp) values (?, ?, 'late', 'okta')")
        .params(late, tenant)
        .update();
    JDBC.sql(
            """
            insert into person (tenant_id, id, connection_id, user_name, user_name_key, active, doc, search, version,
                                created_at, modified_at)
            select ?, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
                   case when n > 19000 then ? end, k, k, n <= 19900, d.doc, d.doc, 1, now(), now()
              from generate_series(1, 20000) n,
                   lateral (select case when n > 19000 then 'new' else 'old' end || n as k) k,
                   lateral (select jsonb_build_object('userName', k, 'active', n <= 19900) as doc) d
            """)
        .params(tenant, late)
        .update();
    JDBC.sql("vacuum analyze person").update();
  }

  @Test
  void findsTheBeginningOfAName() {
    assertThat(plan(null, null, "new")).contains("person_user_name_prefix");
    assertThat(plan(null, null, "nobody")).contains("person_user_name_prefix");
  }

  @Test
  void findsThoseOfAConnection() {
    assertThat(plan(null, late, null)).contains("person_listed", "person_inactive_of");
    assertThat(plan(State.ACTIVE, late, null)).contains("person_listed");
    assertThat(plan(State.DEACTIVATED, late, null)).contains("person_inactive_of");
  }

  @Test
  void findsThoseInAState() {
    assertThat(plan(State.ACTIVE, null, null)).contains("person_listed");
    assertThat(plan(State.DEACTIVATED, null, null)).contains("person_inactive");
    assertThat(plan(State.UNMANAGED, null, null)).contains("person_unmanaged");
  }

  @Test
  void readsEverybodyInOrder() {
    assertThat(plan(null, null, null)).contains("person_pkey");
  }

  /** The plan, when no more than a tenth of all rows was read for the first page and the next. */
  private static String plan(@Nullable State state, @Nullable UUID connection, @Nullable String q) {
    Search first = new Search(population.caller().tenant(), state, connection, q, null, 51);
    Position beginning = new Position(first.byName() ? "a" : null, FIRST);
    for (Search search : List.of(first.from(beginning), first)) {
      String plan = plan(new PeoplePage(search).sql());
      assertThat(plan).doesNotContain("Seq Scan on person");
      assertThat(CONNECTIONS.matcher(plan).replaceAll(""))
          .doesNotContainPattern("Rows Removed by Filter: \\d{3,}");
    }
    return plan(new PeoplePage(first).sql());
  }

  private static String plan(SqlFragment sql) {
    return String.join(
        "\n",
        JDBC.sql("explain (analyze, costs off, timing off) " + sql.text())
            .params(sql.parameters())
            .query(String.class)
            .list());
  }
}
