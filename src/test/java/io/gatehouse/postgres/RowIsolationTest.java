package io.gatehouse.postgres;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.TenantScope;
import io.gatehouse.support.CsvClient;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** With {@code gatehouse.tenant-isolation}, PostgreSQL itself keeps the rows of tenants apart. */
class RowIsolationTest {

  private static Gateway gateway;
  private static JdbcClient jdbc;

  @BeforeAll
  static void start() {
    gateway = Gateway.start(Gateway.temporaryFolder(), "--gatehouse.tenant-isolation=true");
    jdbc = gateway.bean(JdbcClient.class);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void coversEveryTableWithATenant() {
    List<String> tables =
        gateway
            .owner()
            .sql(
                """
                select c.relname from pg_class c
                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
                 where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                """)
            .query(String.class)
            .list();
    List<String> covered =
        gateway
            .owner()
            .sql(
                """
                select c.relname from pg_class c join pg_policy p on p.polrelid = c.oid
                 where c.relrowsecurity and c.relforcerowsecurity
                   and p.polcmd = '*' and p.polqual is not null and p.polwithcheck is not null
                """)
            .query(String.class)
            .list();

    assertThat(tables).contains("person", "person_group", "change", "audit_entry");
    assertThat(covered).containsExactlyInAnyOrderElementsOf(tables);
  }

  /** Else an index would be of no use for a comparison, once the policy is on the table. */
  @Test
  void theComparisonsOfKeysMayComeBeforeThePolicy() {
    assertThat(
            jdbc.sql(
                    """
                    select proname from pg_proc
                     where proname in ('uuid_eq', 'uuid_ge', 'uuid_le', 'texteq', 'text_ge', 'text_le')
                       and proleakproof
                    """)
                .query(String.class)
                .list())
        .containsOnly("uuid_eq", "uuid_ge", "uuid_le", "texteq", "text_ge", "text_le");
  }

  @Test
  void aSessionThatNamesNoTenantSeesNobody() {
    ScimClient idp = gateway.connection("standard");
    UUID ada = idp.create(user("ada@example.com")).id();
    HikariDataSource pool = gateway.bean(HikariDataSource.class);
    JdbcClient plain =
        JdbcClient.create(
            new DriverManagerDataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword()));

    assertThat(people(plain)).isZero();
    assertThat(people(jdbc)).isPositive();
    assertThat(plain.sql("delete from person where id = ?").param(ada).update()).isZero();
    assertThat(idp.get(ada).status()).isEqualTo(200);
  }

  private static long people(JdbcClient client) {
    return client.sql("select count(*) from person").query(Long.class).single();
  }

  @Test
  void aScopeSeesAndWritesItsOwnTenantOnly() {
    ScimClient here = gateway.connection("standard");
    ScimClient there = gateway.connection("standard");
    here.create(user("ada@example.com"));
    UUID grace = there.create(user("grace@example.com")).id();

    try (TenantScope scope = TenantScope.of(tenant(here))) {
      assertThat(people(jdbc)).isEqualTo(1);
      assertThat(jdbc.sql("select id from person where id = ?").param(grace).query().listOfRows())
          .isEmpty();
      assertThatThrownBy(() -> moveEverybodyTo(tenant(there)))
          .isInstanceOf(DataAccessException.class)
          .rootCause()
          .hasMessageContaining("row-level security");
    }
    assertThat(people(jdbc)).isGreaterThan(1);
  }

  private static void moveEverybodyTo(UUID tenant) {
    jdbc.sql("update change set tenant_id = ?").param(tenant).update();
  }

  private static UUID tenant(ScimClient idp) {
    return jdbc.sql("select id from tenant where slug = ?")
        .param(idp.tenant())
        .query(UUID.class)
        .single();
  }

  @Test
  void isRefusedToAGatewayThatCannotPutItIntoForce() {
    HikariDataSource pool = gateway.bean(HikariDataSource.class);
    gateway.sql("alter table tombstone no force row level security");
    try {
      assertThatThrownBy(
              () ->
                  Gateway.start(
                      Gateway.temporaryFolder(),
                      "--gatehouse.tenant-isolation=true",
                      "--gatehouse.db.url=" + pool.getJdbcUrl(),
                      "--gatehouse.db.user=" + pool.getUsername(),
                      "--gatehouse.db.password=" + pool.getPassword()))
          .rootCause()
          .isInstanceOf(StartupRefusedException.class)
          .hasMessageContaining("is not in force for tombstone;");
    } finally {
      gateway.sql("alter table tombstone force row level security");
    }
  }

  /** Batches carry the commands of both; each tenant's users have the same names. */
  @Test
  void servesTwoTenantsAtOnceAsWithout() throws Exception {
    ScimClient here = gateway.connection("standard");
    ScimClient there = gateway.connection("standard");
    Gateway.Answer subscription = gateway.subscription(here.tenant(), "training");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Integer>> creates =
        IntStream.range(0, 40)
            .mapToObj(
                n ->
                    (Callable<Integer>)
                        () ->
                            (n % 2 == 0 ? here : there)
                                .create(user("user" + n / 2 + "@example.com"))
                                .status())
            .toList();

    for (var status : threads.invokeAll(creates)) {
      assertThat(status.get()).isEqualTo(201);
    }

    threads.shutdown();
    assertThat(total(here)).isEqualTo(20);
    assertThat(total(there)).isEqualTo(20);
    try (Subscriber training = Subscriber.of(subscription)) {
      assertThat(training.all()).hasSize(20);
    }
  }

  private static int total(ScimClient idp) {
    return idp.call("GET", "/Users", null).json().path("totalResults").asInt();
  }

  @Test
  void anImportBringsInTheUsersOfItsTenant() {
    CsvClient hr = new CsvClient(gateway);
    assertThat(hr.bring("userName\nada\ngrace\n").status()).isEqualTo(200);
    assertThat(hr.people()).isEqualTo(2);
    assertThat(hr.bring("userName\nada\n").status()).isEqualTo(422);
  }
}
