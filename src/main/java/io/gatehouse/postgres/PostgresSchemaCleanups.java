package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.command.CommandId;
import io.gatehouse.lifecycle.SchemaCleanups;
import io.gatehouse.scim.ConformingValues;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs in {@code schema_change}. */
final class PostgresSchemaCleanups implements SchemaCleanups {

  private static final UUID FIRST = new UUID(0, 0);

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final AuditLog audit;

  PostgresSchemaCleanups(JdbcClient jdbc, TransactionTemplate transactions, AuditLog audit) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.audit = audit;
  }

  static Progress progress(ResultSet row, int n) throws SQLException {
    long done = row.getLong("done");
    long failed = row.getLong("failed");
    int pending = ((UUID[]) row.getArray("pending").getArray()).length;
    return new Progress(
        row.getObject("id", UUID.class),
        row.getString("urn"),
        type(row),
        state(row),
        Math.max(row.getLong("total"), done + failed + pending),
        done,
        failed,
        Objects.requireNonNull(ColumnValues.instant(row, "started_at")),
        ColumnValues.instant(row, "ended_at"));
  }

  private static State state(ResultSet row) throws SQLException {
    return State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
  }

  private static ResourceType type(ResultSet row) throws SQLException {
    return ResourceType.labelled(row.getString("resource_type")).orElseThrow();
  }

  /** Whom a step has chosen is kept in its transaction; if that fails, the step is repeated. */
  @Override
  public void each(UnaryOperator<Job> step) {
    List<UUID> running =
        jdbc.sql("select id from schema_change where state = 'running' order by started_at")
            .query(UUID.class)
            .list();
    for (UUID id : running) {
      transactions.executeWithoutResult(
          status -> locked(id).ifPresent(job -> keep(step.apply(job))));
    }
  }

  private Optional<Job> locked(UUID id) {
    return jdbc.sql(
            """
            select c.*, t.slug
              from schema_change c
              join tenant t on t.id = c.tenant_id
             where c.id = ? and c.state = 'running'
               for no key update of c skip locked
            """)
        .param(id)
        .query(PostgresSchemaCleanups::job)
        .optional();
  }

  private static Job job(ResultSet row, int n) throws SQLException {
    return new Job(
        new Subject(
            row.getObject("id", UUID.class),
            row.getObject("tenant_id", UUID.class),
            row.getString("slug"),
            row.getString("actor"),
            row.getString("urn"),
            type(row)),
        state(row),
        row.getLong("done"),
        row.getLong("failed"),
        row.getObject("after_id", UUID.class),
        row.getBoolean("scanned"),
        List.of((UUID[]) row.getArray("pending").getArray()));
  }

  private void keep(Job job) {
    boolean ended = job.state() != State.RUNNING;
    jdbc.sql(
            """
            update schema_change
               set state = ?, done = ?, failed = ?, after_id = ?, scanned = ?, pending = ?::uuid[],
                   ended_at = case when ? then now() end
             where id = ?
            """)
        .param(job.state().word())
        .param(job.done())
        .param(job.failed())
        .param(job.after())
        .param(job.scanned())
        .param(array("uuid", job.pending(), it -> it))
        .param(ended)
        .param(job.subject().id())
        .update();
    if (ended) {
      tell(job);
    }
  }

  private void tell(Job job) {
    Subject subject = job.subject();
    boolean users = subject.type() == ResourceType.USER;
    ObjectNode detail = Json.object();
    detail
        .putObject("schema")
        .put("urn", subject.urn())
        .put("users", users ? job.done() : 0)
        .put("groups", users ? 0 : job.done())
        .put("failed", job.failed())
        .put("job", subject.id().toString());
    audit.append(
        new AuditLog.Act(subject.tenant(), null, subject.actor(), "schema.values-dropped"), detail);
  }

  /** By the primary key, so that all steps together look at each resource once. */
  @Override
  public Page next(Job job, int limit) {
    Subject subject = job.subject();
    ResourceDefinition definition =
        Objects.requireNonNull(
                PostgresTenantSchemas.rules(jdbc, List.of(subject.tenant())).get(subject.tenant()))
            .catalogue()
            .definition(subject.type());
    List<Resource> resources = resources(subject, job.after(), limit);
    List<UUID> concerned = new ArrayList<>();
    for (Resource it : resources) {
      String document = it.document();
      if (document != null
          && !ConformingValues.ofStored(definition, Json.stored(document)).isWhole()) {
        concerned.add(it.id());
      }
    }
    return new Page(concerned, resources.size() < limit ? null : resources.get(limit - 1).id());
  }

  /** A resource; without a document when it has nothing of the extension. */
  private record Resource(UUID id, @Nullable String document) {}

  private List<Resource> resources(Subject subject, @Nullable UUID after, int limit) {
    return jdbc.sql(
            """
            select id, case when search -> 'schemas' @> to_jsonb(?::text) then doc::text end
              from %s
             where tenant_id = ? and id > ?
             order by id
             limit ?
            """
                .formatted(subject.type() == ResourceType.USER ? "person" : "person_group"))
        .param(Folded.text(subject.urn()))
        .param(subject.tenant())
        .param(after == null ? FIRST : after)
        .param(limit)
        .query((row, n) -> new Resource(row.getObject(1, UUID.class), row.getString(2)))
        .list();
  }

  @Override
  public Map<CommandId, Integer> answered(Collection<CommandId> commands) {
    Map<CommandId, Integer> answered = new HashMap<>();
    jdbc.sql(
            """
            select command_id, coalesce((outcome ->> 'status')::int, 410)
              from command_outcome
             where command_id = any(?::uuid[])
            """)
        .param(array("uuid", commands, CommandId::value))
        .query(
            row -> {
              answered.put(new CommandId(row.getObject(1, UUID.class)), row.getInt(2));
            });
    return answered;
  }

  /** The last of each extension stays, because the log of changes may keep values for ever. */
  @Override
  public void forget() {
    RetentionDelete.delete(
        jdbc,
        "schema_change",
        """
        state = 'done' and ended_at < now() - interval '90 days'
          and exists (select from schema_change n
                       where n.tenant_id = schema_change.tenant_id and lower(n.urn) = lower(schema_change.urn)
                         and n.resource_type = schema_change.resource_type and n.started_at > schema_change.started_at)
        """);
  }
}
