package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.lifecycle.SchemaCleanups;
import io.gatehouse.scim.ConformingValues;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs in {@code schema_change}. */
final class PostgresSchemaCleanups extends JobTable<SchemaCleanups.Job> implements SchemaCleanups {

  private static final UUID FIRST = new UUID(0, 0);

  private final AuditLog audit;

  PostgresSchemaCleanups(JdbcClient jdbc, AuditLog audit) {
    super(jdbc, "schema_change", PostgresSchemaCleanups::job);
    this.audit = audit;
  }

  static Progress progress(ResultSet row, int n) throws SQLException {
    long done = row.getLong("done");
    long failed = row.getLong("failed");
    int pending = pending(row).size();
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

  private static ResourceType type(ResultSet row) throws SQLException {
    return ResourceType.labelled(row.getString("resource_type")).orElseThrow();
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
        pending(row));
  }

  @Override
  public void keep(Job job) {
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
