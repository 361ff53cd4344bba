package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Shapes;
import io.gatehouse.scim.SortKey;
import io.gatehouse.support.EmptyDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** How PostgreSQL goes about a search among five thousand users of one connection. */
class SqlPlanTest {

  /** Plans depend on what else is stored, so nothing else is. */
  private static final EmptyDatabase DATABASE = EmptyDatabase.start();

  private static final JdbcClient JDBC = DATABASE.jdbc();

  @AfterAll
  static void stop() {
    DATABASE.close();
  }

  private static Population population;

  @BeforeAll
  static void fiveThousandUsers() {
    population = Population.of(JDBC, List.of());
    JDBC.sql(
            """
            insert into person (tenant_id, id, connection_id, user_name, user_name_key, external_id, active, doc,
                                search, version, created_at, modified_at)
            select ?, gen_random_uuid(), ?, 'user' || n, 'user' || n, 'E' || n, true, d.doc, d.doc, 1, now(), now()
              from generate_series(1, 5000) n,
                   lateral (select jsonb_build_object('title', 't' || n, 'emails',
                       jsonb_build_array(jsonb_build_object('value', n || '@x.com', 'type', 'work'))) as doc) d
            """)
        .params(population.caller().tenant(), population.caller().connection())
        .update();
    JDBC.sql("analyze person").update();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          userName eq "USER77"                         | person_user_name
          userName eq "user77" and title eq "T77"      | person_user_name
          emails.type eq "work" and userName eq "u1"   | person_user_name
          externalId eq "E77"                          | person_external_id
          externalId eq "E77" and active eq true       | person_external_id
          userName eq "user77" or externalId eq "E77"  | person_external_id
          id eq "a0000000-0000-7abc-8000-000000000000" | person_
          """)
  void looksKeysUp(String filter, String index) {
    ResourceQuery.Selected selected = selected(filter, null);

    assertThat(plan(page(selected))).contains(index).doesNotContain("Seq Scan");
    assertThat(plan(query(selected).total())).contains(index).doesNotContain("Seq Scan");
  }

  /** One user at most has a userName, so that nothing is sorted, summed up or cut off. */
  @Test
  void looksAUniqueKeyUpByTheIndexAndNothingElse() {
    assertThat(plan(page(selected("userName eq \"USER77\"", null))))
        .startsWith("Index Scan using person_user_name");
    assertThat(plan(page(selected("externalId eq \"E77\"", null)))).contains("Limit");
  }

  @Test
  void readsAPageInTheOrderOfCreationWithoutSorting() {
    assertThat(plan(page(selected(null, null)))).doesNotContain("Sort", "Seq Scan");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title eq \"T77\"",
        "emails eq \"77@X.COM\"",
        "emails[type eq \"work\" and value eq \"77@x.com\"]",
        "emails[type eq \"work\"].value eq \"77@x.com\""
      })
  void asksForEqualValuesByContainment(String filter) {
    SqlFragment sql = SqlFilter.of(FilterCondition.parse(Shapes.USER, filter), SqlTable.PERSON);

    assertThat(sql.text()).isEqualTo("person.search @> ?::jsonb");
    assertThat(
            new PostgresResourceQueries(JDBC, new TransactionTemplate())
                .find(
                    population.caller(),
                    new ResourceQuery(
                        List.of(selected(filter, null)),
                        new ResourceQuery.Window(0, 10, null, true)))
                .total())
        .hasValue(1);
  }

  private static ResourceQuery.Selected selected(String filter, SortKey sort) {
    FilterCondition condition = filter == null ? null : FilterCondition.parse(Shapes.USER, filter);
    return new ResourceQuery.Selected(ResourceType.USER, condition, sort);
  }

  private static SqlQuery query(ResourceQuery.Selected selected) {
    return new SqlQuery(population.caller(), List.of(selected));
  }

  private static SqlFragment page(ResourceQuery.Selected selected) {
    return query(selected).page(new ResourceQuery.Window(0, 100, null, false), 1024 * 1024, false);
  }

  private static String plan(SqlFragment sql) {
    return String.join(
        "\n",
        JDBC.sql("explain " + sql.text()).params(sql.parameters()).query(String.class).list());
  }
}
