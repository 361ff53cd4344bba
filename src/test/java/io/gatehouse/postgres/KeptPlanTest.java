package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.directory.BatchKeys;
import io.gatehouse.directory.BatchKeys.Id;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.support.EmptyDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The plan that PostgreSQL keeps for the users of a batch looks each key up in its own index,
 * whatever the size of the table when it was made.
 */
class KeptPlanTest {

  private static final List<String> LOOKUPS =
      List.of(
          "person_user_name on person x.*user_name_key >=",
          "person_deleted on person x.*user_name_key >=",
          "person_external_id on person x.*external_id >=",
          "person_unmanaged_email on person x.*email_key >=",
          "person_pkey on person p.*id >=",
          "person_user_name on person y.*user_name_key >=",
          "membership_user on membership m.*user_id >=",
          "person_group_pkey on person_group x.*id >=");

  /** Plans depend on what else is stored, so nothing else is. */
  private static final EmptyDatabase DATABASE = EmptyDatabase.start();

  /** One connection, because a plan is kept by one. */
  private static final SingleConnectionDataSource ONE = DATABASE.oneConnection();

  private static final JdbcClient JDBC = JdbcClient.create(ONE);

  private static Population population;

  @BeforeAll
  static void noUsers() {
    population = Population.of(JDBC, List.of());
  }

  @AfterAll
  static void stop() {
    ONE.destroy();
    DATABASE.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5_000})
  void looksEachKeyUpHoweverManyUsersThereWere(int users) {
    insert(users);
    assertLookups(kept(), LOOKUPS);

    JDBC.sql("vacuum analyze person").update();
    assertLookups(kept(), LOOKUPS);
  }

  @Test
  void isKeptForBatchesAndLeavesTheSettingsAsTheyWere() {
    insert(3);
    JDBC.sql("vacuum analyze person").update();

    String plan =
        plan(
            () -> {
              new PostgresResourceStore(JDBC).load(BatchKeys.of(List.of(deactivation())));
              assertThat(settings()).containsExactly("on", "on");
            });

    assertLookups(plan, LOOKUPS.stream().filter(it -> !it.contains("person y")).toList());
  }

  private static void assertLookups(String plan, List<String> lookups) {
    for (String lookup : lookups) {
      assertThat(Pattern.compile(lookup).matcher(plan).find()).as(lookup + " in " + plan).isTrue();
    }
    assertThat(plan).doesNotContain("Seq Scan");
  }

  private static List<String> settings() {
    return JDBC.sql(
            "select setting from pg_settings where name in ('enable_seqscan', 'enable_sort')")
        .query(String.class)
        .list();
  }

  /** Half of them deleted, and a fifth unmanaged. */
  private static void insert(int users) {
    JDBC.sql("delete from person").update();
    JDBC.sql(
            """
            insert into person (tenant_id, id, connection_id, user_name, user_name_key, external_id, email_key, active,
                                deleted_at, doc, search, version, created_at, modified_at)
            select ?, gen_random_uuid(), case when n % 5 > 0 then ?::uuid end, 'user' || n, 'user' || n, 'E' || n,
                   'user' || n, n % 2 = 0, case when n % 2 > 0 then now() end, '{}', '{}', 1, now(), now()
              from generate_series(1, ?) n
            """)
        .params(population.caller().tenant(), population.caller().connection(), users)
        .update();
  }

  private static String kept() {
    Set<Id> one = Set.of(new Id(population.caller().tenant(), UUID.randomUUID()));
    SqlFragment query =
        PeopleByKeys.of(new BatchKeys.People(one, Set.of(), Set.of(), Set.of(), one), true);
    return plan(
        () -> {
          for (String name : PeopleByKeys.OFF) {
            JDBC.sql("select set_config(?, 'off', true)").param(name).query(row -> {});
          }
          JDBC.sql(query.text()).params(query.parameters()).query(PostgresPeople::person).list();
        });
  }

  /**
   * The plan that is kept when the query has run often enough for the driver, five times, and for
   * PostgreSQL, five more. A node in each line.
   */
  private static String plan(Runnable query) {
    JDBC.sql("discard plans").update();
    TransactionTemplate transactions =
        new TransactionTemplate(new DataSourceTransactionManager(ONE));
    for (int i = 0; i < 12; i++) {
      transactions.executeWithoutResult(status -> query.run());
    }
    String name =
        JDBC.sql(
                """
                select name || '(' || array_to_string(array_fill('null'::text, array[cardinality(parameter_types)]), ',') || ')'
                  from pg_prepared_statements
                 where statement like 'with named as%' and generic_plans > 0
                 order by prepare_time desc limit 1
                """)
            .query(String.class)
            .single();
    List<String> plan =
        JDBC.sql("explain execute \"" + name.replace("(", "\"(")).query(String.class).list();
    return String.join("", plan).replace("->", "\n->");
  }

  private static Envelope deactivation() {
    CommandId id = CommandId.next(Instant.now());
    return new Envelope(
        id,
        population.caller(),
        new Command.Delete(ResourceType.USER, UUID.randomUUID(), null),
        new Envelope.Trace("here", Instant.now(), id.toString(), List.of(), null, null));
  }
}
