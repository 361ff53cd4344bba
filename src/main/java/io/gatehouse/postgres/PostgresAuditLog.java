package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditEntry;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.command.Origin;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.Json;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Audit entries in {@code audit_entry}; their personal data in {@code audit_detail} and {@code
 * audit_origin}.
 */
final class PostgresAuditLog implements AuditLog {

  private final JdbcClient jdbc;
  private final PostgresAuditOrigins origins;
  private final Origins current;

  PostgresAuditLog(JdbcClient jdbc, PostgresAuditOrigins origins, Origins current) {
    this.jdbc = jdbc;
    this.origins = origins;
    this.current = current;
  }

  /** Inserts the entries, then their details with personal data. */
  private static final String APPEND =
      """
      with n as (
          select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::bigint[], ?::int[],
                               ?::uuid[], ?::uuid[], ?::text[])
            as n (tenant_id, connection_id, actor, action, resource_id, version, status, command_id, origin_id, detail)
      ), entry as (
          insert into audit_entry (tenant_id, connection_id, actor, action, resource_id, version, status,
                                   command_id, origin_id, at)
          select tenant_id, connection_id, actor, action, resource_id, version, status, command_id, origin_id, now()
            from n
          returning id, command_id
      ), pending as (
          insert into audit_pending (audit_id) select id from entry
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
        .param(array("uuid", entries, it -> origins.id(origin(it))))
        .param(array("text", entries, it -> Json.text(detail(it))))
        .update();
  }

  /** An import applies its commands in the thread of its call. */
  private @Nullable Origin origin(AuditEntry entry) {
    Origin sent = entry.command().trace().origin();
    return sent != null || entry.command().caller().isConnection()
        ? sent
        : current.get().orElse(null);
  }

  @Override
  public void append(Act act) {
    append(act, Json.object());
  }

  @Override
  public void append(Act act, ObjectNode detail) {
    Origin origin = current.get().orElse(null);
    ObjectNode all = detail.deepCopy();
    if (origin != null && origin.reason() != null) {
      all.put("reason", origin.reason());
    }
    append(
        new Row(act.tenant(), act.connection(), act.actor(), act.action(), 200),
        origins.id(origin),
        all);
  }

  /** Appends a burst; the address is personal data, so it is stored with the details. */
  @Override
  public void append(Burst burst) {
    String refused =
        "%d attempts to sign in to %s from %s were refused within a minute."
            .formatted(burst.count(), burst.realm(), burst.address());
    append(
        new Row(burst.tenant(), burst.connection(), "unknown", "sign-in.refused", 429),
        null,
        Json.object().put("refused", refused));
  }

  private record Row(
      @Nullable UUID tenant, @Nullable UUID connection, String actor, String action, int status) {}

  private void append(Row row, @Nullable UUID origin, ObjectNode detail) {
    jdbc.sql(
            """
            with entry as (
                insert into audit_entry (tenant_id, connection_id, actor, action, status, origin_id, at)
                values (?, ?, ?, ?, ?, ?, now())
                returning id
            ), pending as (
                insert into audit_pending (audit_id) select id from entry
            )
            insert into audit_detail (audit_id, detail)
            select id, detail from entry, (select ?::jsonb as detail) n where detail <> '{}'
            """)
        .param(row.tenant())
        .param(row.connection())
        .param(row.actor())
        .param(row.action())
        .param(row.status())
        .param(origin)
        .param(Json.text(detail))
        .update();
  }

  private static ObjectNode detail(AuditEntry entry) {
    ObjectNode detail = Json.object();
    Envelope.Trace trace = entry.command().trace();
    if (entry.outcome() instanceof Outcome.Refused refused) {
      detail.put("refused", refused.refusal().detail());
    }
    for (String part : List.of("changes", "members")) {
      entry
          .change()
          .map(change -> change.data().path(part))
          .filter(found -> !found.isEmpty())
          .ifPresent(found -> detail.set(part, found));
    }
    if (!trace.repairs().isEmpty()) {
      ArrayNode repairs = detail.putArray("repairs");
      trace.repairs().forEach(repairs::add);
    }
    if (trace.source() != null) {
      detail.set("source", source(trace.source()));
    } else if (trace.isImport()) {
      detail.putObject("source").put("channel", "import");
    }
    if (trace.origin() != null && trace.origin().reason() != null) {
      detail.put("reason", trace.origin().reason());
    }
    return detail;
  }

  /** The webhook or poll that a command comes from. */
  private static JsonNode source(EventOrigin source) {
    ObjectNode json = Json.object().put("channel", source.channel());
    return source.eventId() == null
        ? json
        : json.put("event", Objects.requireNonNull(source.eventId()));
  }
}
