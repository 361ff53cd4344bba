package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditEntry;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.Json;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Audit entries in {@code audit_entry}; their personal data in {@code audit_detail}. */
final class PostgresAuditLog implements AuditLog {

  private final JdbcClient jdbc;

  PostgresAuditLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Inserts the entries, then their details with personal data. */
  private static final String APPEND =
      """
      with n as (
          select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::bigint[], ?::int[],
                               ?::uuid[], ?::text[])
            as n (tenant_id, connection_id, actor, action, resource_id, version, status, command_id, detail)
      ), entry as (
          insert into audit_entry (tenant_id, connection_id, actor, action, resource_id, version, status,
                                   command_id, at)
          select tenant_id, connection_id, actor, action, resource_id, version, status, command_id, now()
            from n
          returning id, command_id
      )
      insert into audit_detail (audit_id, detail)
      select entry.id, n.detail::jsonb
        from entry
        join n using (command_id)
       where n.detail <> '{}'
      """;

  @Override
  public void append(List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    jdbc.sql(APPEND)
        .param(array("uuid", entries, it -> it.command().caller().tenant()))
        .param(array("uuid", entries, it -> it.command().caller().connection()))
        .param(array("text", entries, AuditEntry::actor))
        .param(array("text", entries, AuditEntry::action))
        .param(array("uuid", entries, AuditEntry::resource))
        .param(
            array("bigint", entries, it -> it.change().map(c -> c.after().version()).orElse(null)))
        .param(array("int", entries, it -> it.outcome().status()))
        .param(array("uuid", entries, it -> it.command().id().value()))
        .param(array("text", entries, it -> Json.text(detail(it))))
        .update();
  }

  @Override
  public void append(Act act) {
    jdbc.sql(
            """
            insert into audit_entry (tenant_id, connection_id, actor, action, status, at)
            values (?, ?, ?, ?, 200, now())
            """)
        .param(act.tenant())
        .param(act.connection())
        .param(act.actor())
        .param(act.action())
        .update();
  }

  @Override
  public void append(Act act, ObjectNode detail) {
    jdbc.sql(
            """
            with entry as (
                insert into audit_entry (tenant_id, connection_id, actor, action, status, at)
                values (?, ?, ?, ?, 200, now())
                returning id
            )
            insert into audit_detail (audit_id, detail)
            select id, ?::jsonb from entry
            """)
        .param(act.tenant())
        .param(act.connection())
        .param(act.actor())
        .param(act.action())
        .param(Json.text(detail))
        .update();
  }

  /** Appends a burst; the address is personal data, so it is stored with the details. */
  @Override
  public void append(Burst burst) {
    String refused =
        "%d attempts to sign in to %s from %s were refused within a minute."
            .formatted(burst.count(), burst.realm(), burst.address());
    jdbc.sql(
            """
            with entry as (
                insert into audit_entry (tenant_id, connection_id, actor, action, status, at)
                values (?, ?, 'unknown', 'sign-in.refused', 429, now())
                returning id
            )
            insert into audit_detail (audit_id, detail)
            select id, ?::jsonb from entry
            """)
        .param(burst.tenant())
        .param(burst.connection())
        .param(Json.text(Json.object().put("refused", refused)))
        .update();
  }

  private static ObjectNode detail(AuditEntry entry) {
    ObjectNode detail = Json.object();
    if (entry.outcome() instanceof Outcome.Refused refused) {
      detail.put("refused", refused.refusal().detail());
    }
    entry
        .change()
        .map(change -> change.data().path("changes"))
        .filter(changes -> !changes.isEmpty())
        .ifPresent(changes -> detail.set("changes", changes));
    entry
        .change()
        .map(change -> change.data().path("members"))
        .filter(members -> !members.isEmpty())
        .ifPresent(members -> detail.set("members", members));
    if (!entry.command().trace().repairs().isEmpty()) {
      ArrayNode repairs = detail.putArray("repairs");
      entry.command().trace().repairs().forEach(repairs::add);
    }
    return detail;
  }
}
