package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;
import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.delivery.queue.ReplayJobs;
import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.EndpointSecrets;
import io.gatehouse.delivery.webhook.Endpoints;
import io.gatehouse.delivery.webhook.SigningSecret;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Endpoints in {@code endpoint}. */
final class PostgresEndpoints implements Endpoints {

  /** The columns that {@link #endpoint} reads. */
  static final String COLUMNS =
      "t.id, t.slug, e.name, e.profile, e.types, e.id as endpoint_id, e.url, e.ordered";

  /** A disabled endpoint may be behind by years of changes. */
  private static final int MOST_COUNTED = 100_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final EndpointSecrets secrets;
  private final PostgresPages pages;

  PostgresEndpoints(JdbcClient jdbc, TransactionTemplate transactions, EndpointSecrets secrets) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.secrets = secrets;
    this.pages = new PostgresPages(jdbc);
  }

  @Override
  public boolean add(Endpoint endpoint, SigningSecret secret) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> insert(endpoint) && secrets.add(endpoint, secret).isPresent()));
  }

  private boolean insert(Endpoint endpoint) {
    return 1
        == jdbc.sql(
                """
                insert into endpoint (id, tenant_id, name, url, profile, types, ordered, position)
                select ?, ?, ?, ?, ?, ?, ?, sequence from feed where name = 'changes'
                on conflict (tenant_id, name) do nothing
                """)
            .params(endpoint.id(), endpoint.claim().tenant(), endpoint.claim().name())
            .params(endpoint.url().toString(), endpoint.claim().profile().label())
            .param(array("text", endpoint.claim().types(), type -> type))
            .param(endpoint.ordered())
            .update();
  }

  @Override
  public void remove(Endpoint endpoint) {
    jdbc.sql("delete from endpoint where id = ?").param(endpoint.id()).update();
  }

  private static final String STORED =
      "select " + COLUMNS + " from endpoint e join tenant t on t.id = e.tenant_id ";

  @Override
  public Optional<Endpoint> find(String tenantSlug, String name) {
    return jdbc.sql(STORED + "where t.slug = ? and e.name = ?")
        .params(tenantSlug, name)
        .query(PostgresEndpoints::endpoint)
        .optional();
  }

  @Override
  public List<Endpoint> all() {
    return jdbc.sql(STORED + "order by t.slug, e.name").query(PostgresEndpoints::endpoint).list();
  }

  static Endpoint endpoint(ResultSet row, int n) throws SQLException {
    return new Endpoint(
        row.getObject("endpoint_id", UUID.class),
        PostgresSubscriptions.subscription(row, n),
        URI.create(row.getString("url")),
        row.getBoolean("ordered"));
  }

  @Override
  public Standing standing(Endpoint endpoint) {
    return jdbc.sql(
            """
            select e.disabled_because, e.last_success_at, e.last_problem_at, e.last_problem,
                   (select count(*)
                      from (select from errand r where r.endpoint_id = e.id
                            union all
                            select from change c where c.tenant_id = e.tenant_id and c.sequence > e.position
                             limit %d) few) as backlog
              from endpoint e
             where e.id = ?
            """
                .formatted(MOST_COUNTED))
        .param(endpoint.id())
        .query(PostgresEndpoints::standing)
        .optional()
        .orElse(new Standing(null, 0, null, null));
  }

  private static Standing standing(ResultSet row, int n) throws SQLException {
    Instant problem = ColumnValues.instant(row, "last_problem_at");
    return new Standing(
        row.getString("disabled_because"),
        row.getLong("backlog"),
        ColumnValues.instant(row, "last_success_at"),
        problem == null ? null : new Trouble(problem, row.getString("last_problem")));
  }

  @Override
  public void enable(Endpoint endpoint, Instant now) {
    transactions.executeWithoutResult(
        status -> {
          jdbc.sql("update endpoint set disabled_because = null, paused_until = null where id = ?")
              .param(endpoint.id())
              .update();
          jdbc.sql("update errand set failures = 0, due_at = ? where endpoint_id = ?")
              .param(time(now))
              .param(endpoint.id())
              .update();
        });
  }

  @Override
  public boolean resend(Endpoint endpoint, UUID event, Instant now) {
    return 1
        == jdbc.sql(
                """
                insert into errand (endpoint_id, change_id, part, event_id, resource_id, due_at)
                select a.endpoint_id, a.change_id, a.part, a.event_id, c.resource_id, ?
                  from attempt a
                  join change c on c.id = a.change_id
                 where a.endpoint_id = ? and a.event_id = ?
                 limit 1
                on conflict (endpoint_id, change_id, part)
                do update set due_at = excluded.due_at, failures = 0
                """)
            .param(time(now))
            .params(endpoint.id(), event)
            .update();
  }

  @Override
  public void rewind(Endpoint endpoint, ReplayJobs.From from) {
    jdbc.sql("update endpoint set position = least(position, ?) where id = ?")
        .params(pages.before(endpoint.claim().tenant(), from), endpoint.id())
        .update();
  }
}
