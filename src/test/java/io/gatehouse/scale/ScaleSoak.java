package io.gatehouse.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * {@code ./mvnw test -Psoak -Dtest=ScaleSoak -Dtenants=100000 -Dusers=2000000}: the figures of
 * {@code scale.md}, into {@code target/scale.txt}.
 */
class ScaleSoak {

  private static final int TENANTS = Integer.getInteger("tenants", 100_000);
  private static final int USERS = Integer.getInteger("users", 2_000_000);
  private static final int CALLS = 300;
  private static final int ERASED = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Path REPORT = Path.of("target/scale.txt");
  private static final double MB = 1024.0 * 1024;

  @TempDir Path folder;
  private JdbcClient jdbc;
  private ScimClient idp;
  private int calls;

  @Test
  void measuresAManyOfTenants() throws Exception {
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, "");
    try (ExternalDatabase database = ExternalDatabase.start(folder.resolve("pg"));
        BrokerProcess broker = BrokerProcess.start(Gateway.temporaryFolder())) {
      List<String> settings = new ArrayList<>(List.of("-Xmx1g"));
      Stream.of(database.settings(), broker.settings())
          .flatMap(Stream::of)
          .forEach(it -> settings.add("-D" + it.substring(2)));
      SingleConnectionDataSource connection =
          new SingleConnectionDataSource(database.url(), "postgres", "postgres", true);
      jdbc = JdbcClient.create(connection);
      GatewayProcess gateway = started("empty", settings);
      try {
        idp = gateway.client().connection("standard");
        createOnes();
        measure("empty", gateway);
      } finally {
        gateway.stop();
      }
      grow();
      gateway = started("grown", settings);
      try {
        idp = new ScimClient(gateway.client(), idp.tenant(), idp.connection(), idp.token());
        measure("grown", gateway);
        relay();
        erase();
      } finally {
        gateway.stop();
      }
      connection.destroy();
    }
  }

  private static void report(String what, Object... values) throws IOException {
    String line = "SCALE " + String.format(Locale.ROOT, what, values);
    System.out.println(line);
    Files.writeString(REPORT, line + "\n", StandardOpenOption.APPEND);
  }

  private static GatewayProcess started(String when, List<String> settings) throws IOException {
    long start = System.nanoTime();
    GatewayProcess gateway = GatewayProcess.start(Gateway.temporaryFolder(), settings);
    report("%s: ready after %.1f s", when, seconds(start));
    return gateway;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** What one applied change costs on disk, beside the user. */
  private void createOnes() throws IOException {
    List<String> tables =
        List.of("change", "command_outcome", "audit_entry", "audit_detail", "audit_chain");
    jdbc.sql("vacuum full").update();
    long before = tables.stream().mapToLong(this::bytes).sum();
    for (int i = 0; i < 2_000; i++) {
      create(i);
    }
    calls = 2_000;
    await()
        .atMost(PATIENCE)
        .until(
            () -> jdbc.sql("select count(*) from audit_pending").query(Long.class).single() == 0);
    for (String table : tables) {
      report("bytes of a change in %s: %d", table, bytes(table) / 2_000);
    }
    report(
        "bytes of a change in all logs: %d",
        (tables.stream().mapToLong(this::bytes).sum() - before) / 2_000);
  }

  private long bytes(String table) {
    return jdbc.sql("select pg_total_relation_size(?::regclass)")
        .param(table)
        .query(Long.class)
        .single();
  }

  private long heap(String table) {
    return jdbc.sql("select pg_table_size(?::regclass)").param(table).query(Long.class).single();
  }

  private void create(int number) {
    assertThat(
            idp.create(
                    ScimClient.user("ada" + number + "@example.com")
                        .put("externalId", "e" + number)
                        .put("title", "Countess"))
                .status())
        .isEqualTo(201);
  }

  private void measure(String when, GatewayProcess gateway) throws Exception {
    UUID known =
        idp.find("userName eq \"ada7@example.com\"")
            .json()
            .at("/Resources/0/id")
            .asText()
            .transform(UUID::fromString);
    median(when, "create", n -> create(calls++));
    median(when, "read", n -> assertThat(idp.get(known).status()).isEqualTo(200));
    median(
        when,
        "lookup",
        n ->
            assertThat(
                    idp.find("userName eq \"ada" + n + "@example.com\"")
                        .json()
                        .path("totalResults")
                        .asInt())
                .isEqualTo(1));
    Duration before = gateway.handle().info().totalCpuDuration().orElseThrow();
    boolean ignored = new CountDownLatch(1).await(20, TimeUnit.SECONDS);
    Duration after = gateway.handle().info().totalCpuDuration().orElseThrow();
    report("%s: CPU while idle %.1f %%", when, after.minus(before).toMillis() / 200.0);
    for (String line : Files.readAllLines(Path.of("/proc/" + gateway.handle().pid() + "/status"))) {
      if (line.startsWith("VmRSS")) {
        report("%s: RSS %s", when, line.replaceAll("\\s+", " "));
      }
    }
  }

  private void median(String when, String what, IntConsumer call) throws IOException {
    IntStream.range(0, CALLS).forEach(call);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      call.accept(i);
      times.add(System.nanoTime() - start);
    }
    Collections.sort(times);
    report(
        "%s: %s p50 %.2f ms, p95 %.2f ms",
        when, what, times.get(CALLS / 2) / 1e6, times.get(CALLS * 95 / 100) / 1e6);
  }

  /** Tenants with one connection each, and users, evenly; no index is kept up meanwhile. */
  private void grow() throws IOException {
    long start = System.nanoTime();
    long base = bytes("tenant") + bytes("connection") + bytes("connection_token");
    jdbc.sql("set maintenance_work_mem = '1GB'").update();
    jdbc.sql("set synchronous_commit = off").update();
    jdbc.sql(
            """
            create temporary table grown as
            select n, gen_random_uuid() tenant, gen_random_uuid() connection from generate_series(0, ? - 1) n
            """)
        .param(TENANTS)
        .update();
    jdbc.sql(
            "insert into tenant (id, slug, name) select tenant, 'grown-' || n, 'Grown ' || n from grown")
        .update();
    jdbc.sql(
            """
            insert into connection (id, tenant_id, name, idp) select connection, tenant, 'Entra', 'entra' from grown
            """)
        .update();
    jdbc.sql(
            """
            insert into connection_token (id, connection_id, hash, prefix)
            select gen_random_uuid(), g.connection, sha256(g.n::text::bytea), t.prefix
              from grown g, (select prefix from connection_token limit 1) t
            """)
        .update();
    report(
        "bytes of a tenant: %d",
        (bytes("tenant") + bytes("connection") + bytes("connection_token") - base) / TENANTS);
    List<String> indexes = dropIndexes();
    insertUsers();
    indexes.forEach(it -> jdbc.sql(it).update());
    jdbc.sql("vacuum analyze").update();
    report("%d tenants and %d users inserted in %.0f s", TENANTS, USERS, seconds(start));
    long all = jdbc.sql("select count(*) from person").query(Long.class).single();
    report(
        "bytes of a user: table %d, indexes %d; of %d users %.0f MB",
        heap("person") / all, (bytes("person") - heap("person")) / all, all, bytes("person") / MB);
  }

  private List<String> dropIndexes() {
    String named =
        """
          from pg_index i join pg_class c on c.oid = i.indexrelid
         where i.indrelid = 'person'::regclass and not i.indisprimary
        """;
    List<String> made =
        jdbc.sql("select pg_get_indexdef(c.oid)" + named).query(String.class).list();
    jdbc.sql("select 'drop index ' || c.relname" + named)
        .query(String.class)
        .list()
        .forEach(it -> jdbc.sql(it).update());
    return made;
  }

  private void insertUsers() {
    jdbc.sql(
            """
            insert into person (tenant_id, id, connection_id, user_name, user_name_key, active, external_id, email_key,
                                doc, search, version, created_at, modified_at)
            select g.tenant, gen_random_uuid(), g.connection,
                   replace(p.user_name, 'ada0@', 'u' || n.n || '@'), replace(p.user_name_key, 'ada0@', 'u' || n.n || '@'),
                   true, 'u' || n.n, replace(p.email_key, 'ada0@', 'u' || n.n || '@'),
                   replace(p.doc::text, 'ada0@', 'u' || n.n || '@')::jsonb,
                   replace(p.search::text, 'ada0@', 'u' || n.n || '@')::jsonb,
                   p.version, p.created_at, p.modified_at
              from person p, generate_series(1, ?) n (n) join grown g on g.n = n.n % ?
             where p.user_name = 'ada0@example.com'
            """)
        .params(USERS, TENANTS)
        .update();
  }

  private void relay() throws IOException {
    report(
        "grown: from the outcome to the announcement, p95 %.0f ms",
        jdbc.sql(
                """
                select extract(epoch from percentile_cont(0.95) within group (order by published_at - occurred_at)) * 1000
                  from (select * from change where published_at is not null order by id desc limit ?) last
                """)
            .param(CALLS)
            .query(Double.class)
            .single());
  }

  private void erase() throws IOException {
    jdbc.sql(
            """
            update person
               set active = false, doc = jsonb_set(doc, '{active}', 'false'), deactivated_at = now(),
                   purge_after = now() - interval '1 s'
             where id in (select id from person where user_name like 'u%' limit ?)
            """)
        .param(ERASED)
        .update();
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> erased() > 0);
    long start = System.nanoTime();
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> erased() >= ERASED);
    report("grown: %d users erased in %.1f s after the first", ERASED, seconds(start));
  }

  private long erased() {
    return jdbc.sql("select count(*) from tombstone").query(Long.class).single();
  }
}
