package io.gatehouse.postgres;

import io.gatehouse.lifecycle.SchemaChanges.Held;
import io.gatehouse.lifecycle.SchemaChanges.Wish;
import io.gatehouse.lifecycle.SchemaCleanups.Progress;
import io.gatehouse.lifecycle.SteppedJobs.State;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.SchemaNarrowing;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs in {@code schema_change}, for those who begin them and ask about them. */
final class SchemaJobs {

  private final JdbcClient jdbc;

  SchemaJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  UUID begin(Wish wish, SchemaNarrowing schemaNarrowing, Held held) {
    UUID id = UUID.randomUUID();
    boolean nothing = held.count() == 0;
    jdbc.sql(
            """
            insert into schema_change (id, tenant_id, urn, resource_type, actor, state, total, scanned, ended_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, case when ? then now() end)
            """)
        .params(
            id, wish.tenant(), schemaNarrowing.urn(), schemaNarrowing.type().label(), wish.actor())
        .param((nothing ? State.DONE : State.RUNNING).word())
        .param(held.count())
        .param(nothing)
        .param(nothing)
        .update();
    return id;
  }

  Optional<UUID> running(UUID tenant, String urn) {
    return jdbc.sql(
            """
            select id from schema_change
             where tenant_id = ? and lower(urn) = lower(?) and state = 'running'
            """)
        .params(tenant, urn)
        .query(UUID.class)
        .optional();
  }

  /** What a job could not finish, as the deletion of all that is left. */
  Optional<SchemaNarrowing> failed(UUID tenant, String urn) {
    return jdbc.sql(
            """
            select urn, resource_type from schema_change
             where tenant_id = ? and lower(urn) = lower(?) and state = 'failed'
             order by started_at desc
             limit 1
            """)
        .params(tenant, urn)
        .query(
            (row, n) ->
                SchemaNarrowing.deletion(
                    row.getString(1), ResourceType.labelled(row.getString(2)).orElseThrow()))
        .optional();
  }

  /** Another one takes its place; the audit log has its end. */
  boolean forgetFailed(UUID tenant, SchemaNarrowing schemaNarrowing) {
    return jdbc.sql(
                """
                delete from schema_change
                 where tenant_id = ? and lower(urn) = lower(?) and resource_type = ? and state = 'failed'
                """)
            .params(tenant, schemaNarrowing.urn(), schemaNarrowing.type().label())
            .update()
        > 0;
  }

  Optional<Progress> find(UUID tenant, UUID id) {
    return jdbc.sql("select * from schema_change where tenant_id = ? and id = ?")
        .params(tenant, id)
        .query(PostgresSchemaCleanups::progress)
        .optional();
  }

  List<Progress> latest(UUID tenant, int limit) {
    return jdbc.sql(
            """
            select * from schema_change
             where tenant_id = ? and total > 0
             order by started_at desc
             limit ?
            """)
        .params(tenant, limit)
        .query(PostgresSchemaCleanups::progress)
        .list();
  }
}
