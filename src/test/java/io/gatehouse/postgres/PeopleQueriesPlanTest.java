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
            insert into person (tenant_id, id, connection_id, user_name, user_name_key, email_key, active, doc, search, version,
                                created_at, modified_at)
            select ?, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
                   case when n > 19000 then ? end, k, k, 'e' || k, n <= 19900, d.doc, d.doc, 1, now(), now()
              from generate_series(1, 20000) n,
                   lateral (select case when n > 19000 then 'new' else 'old' end || n as k) k,
                   lateral (select jsonb_build_object('userName', k, 'active', n <= 19900, 'displayname', 'n' || k,
                                                      'name', jsonb_build_object('familyname', 'f' || k)) as doc) d
            """)
        .params(tenant, late)
        .update();
    JDBC.sql("vacuum analyze person").update();
  }

  @Test
  void findsTheBeginningOfAName() {
    for (String text : List.of("new", "nobody", "nnew", "fnew", "enew", "19000")) {
      assertThat(stagePlan(SearchStage.USER_NAME, text)).contains("person_user_name_prefix");
      assertThat(stagePlan(SearchStage.WHOLE, text)).contains("person_search");
      assertThat(stagePlan(SearchStage.NAME, text)).contains("person_name_prefix");
      assertThat(stagePlan(SearchStage.FAMILY_NAME, text)).contains("person_family_name_prefix");
      assertThat(stagePlan(SearchStage.EMAIL, text)).contains("person_email_prefix");
    }
  }

  @Test
  void findsThoseOfAConnection() {
    assertThat(plan(null, late)).contains("person_listed", "person_inactive_of");
    assertThat(plan(State.ACTIVE, late)).contains("person_listed");
    assertThat(plan(State.DEACTIVATED, late)).contains("person_inactive_of");
  }

  @Test
  void findsThoseInAState() {
    assertThat(plan(State.ACTIVE, null)).contains("person_listed");
    assertThat(plan(State.DEACTIVATED, null)).contains("person_inactive");
    assertThat(plan(State.UNMANAGED, null)).contains("person_unmanaged");
  }

  @Test
  void readsEverybodyInOrder() {
    assertThat(plan(null, null)).contains("person_pkey");
  }

  private static String plan(@Nullable State state, @Nullable UUID connection) {
    Search first = new Search(population.caller().tenant(), state, connection, null, null, 51);
    return bothPlans(
        new PeoplePage(first).sql(), new PeoplePage(first.from(new Position(null, FIRST))).sql());
  }

  private static String stagePlan(SearchStage stage, String text) {
    Search search = new Search(population.caller().tenant(), null, null, text, null, 51);
    return bothPlans(
        new PeopleSearch(search, text, stage, null).sql(51),
        new PeopleSearch(search, text, stage, new Position("a", FIRST)).sql(51));
  }

  /**
   * The first plan, when no more than a tenth of all rows was read for the first page and the next.
   */
  private static String bothPlans(SqlFragment first, SqlFragment next) {
    for (SqlFragment sql : List.of(next, first)) {
      String plan = plan(sql);
      assertThat(plan).doesNotContain("Seq Scan on person");
      assertThat(CONNECTIONS.matcher(plan).replaceAll(""))
          .doesNotContainPattern("Rows Removed by Filter: \\d{3,}");
    }
    return plan(first);
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
