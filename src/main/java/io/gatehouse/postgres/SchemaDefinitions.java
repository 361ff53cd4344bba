package io.gatehouse.postgres;

import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schema;
import io.gatehouse.scim.Schemas.Extension;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The current extensions in {@code tenant_schema}. */
final class SchemaDefinitions {

  private final JdbcClient jdbc;

  SchemaDefinitions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The extension with this URN in any case. */
  Optional<Extension> find(UUID tenant, String urn) {
    return jdbc.sql(
            """
            select resource_type, required, definition::text
              from tenant_schema
             where tenant_id = ? and lower(urn) = lower(?)
            """)
        .params(tenant, urn)
        .query(
            (row, n) ->
                new Extension(
                    ResourceType.labelled(row.getString(1)).orElseThrow(),
                    Schema.of(Json.stored(row.getString(3))),
                    row.getBoolean(2)))
        .optional();
  }

  void store(UUID tenant, Extension extension) {
    jdbc.sql(
            """
            insert into tenant_schema (tenant_id, urn, resource_type, required, definition)
            values (?, ?, ?, ?, ?::jsonb)
            on conflict (tenant_id, lower(urn)) do update
               set resource_type = excluded.resource_type, required = excluded.required,
                   definition = excluded.definition
            """)
        .params(tenant, extension.schema().urn(), extension.type().label(), extension.required())
        .param(Json.text(Objects.requireNonNull(extension.schema().json())))
        .update();
  }

  void delete(UUID tenant, String urn) {
    jdbc.sql("delete from tenant_schema where tenant_id = ? and lower(urn) = lower(?)")
        .params(tenant, urn)
        .update();
  }
}
