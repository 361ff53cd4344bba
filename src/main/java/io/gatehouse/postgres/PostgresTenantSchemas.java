package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.directory.TenantRules;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schema;
import io.gatehouse.scim.Schemas;
import io.gatehouse.scim.Schemas.Extension;
import io.gatehouse.scim.Schemas.Retired;
import io.gatehouse.tenant.TenantSchemas;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Extension schemas in {@code tenant_schema}. */
final class PostgresTenantSchemas implements TenantSchemas {

  private static final Duration FRESH = Duration.ofSeconds(10);

  /**
   * The lifetime of an entry after a failed load, so that not every call waits for the next one.
   */
  private static final Duration UNSURE = Duration.ofSeconds(5);

  private static final int MAX_ENTRIES = 10_000;

  /** Equal schemas are one object, so that what was made of them is found again. */
  private static final Cache<Stored, Schemas> MADE =
      Caffeine.newBuilder().maximumSize(1_000).build();

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Cache<UUID, Known> known = Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();

  PostgresTenantSchemas(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private record Stored(@Nullable String schemas, Set<Retired> retired) {}

  private record Known(Schemas catalogue, Instant until) {

    /** An end that is much later is one from before the clock was set back. */
    boolean isFresh(Instant now) {
      return now.isBefore(until) && until.isBefore(now.plus(FRESH.multipliedBy(2)));
    }
  }

  /** The schemas of a tenant; while the database is unavailable, the last known ones. */
  @Override
  public Schemas of(UUID tenant) {
    Known entry = known.getIfPresent(tenant);
    if (entry != null && entry.isFresh(clock.instant())) {
      return entry.catalogue();
    }
    try {
      Schemas fresh =
          Objects.requireNonNull(rules(jdbc, List.of(tenant)).get(tenant), "no tenant " + tenant)
              .catalogue();
      known.put(tenant, new Known(fresh, clock.instant().plus(FRESH)));
      return fresh;
    } catch (DataAccessException e) {
      if (entry != null) {
        known.put(tenant, new Known(entry.catalogue(), clock.instant().plus(UNSURE)));
        return entry.catalogue();
      }
      throw e;
    }
  }

  @Override
  public void changed(UUID tenant) {
    known.invalidate(tenant);
  }

  /**
   * The name of the lock of a tenant's rules: shared by batches that use the rules, exclusive for a
   * change of them.
   */
  static String lock(UUID tenant) {
    return "schemas/" + tenant;
  }

  /** Reads the current rules of these tenants. */
  static Map<UUID, TenantRules> rules(JdbcClient jdbc, Collection<UUID> tenants) {
    Map<UUID, TenantRules> rules = new HashMap<>();
    jdbc.sql(
            """
            select t.id, (t.settings ->> 'retentionDays')::int,
                   (select jsonb_agg(jsonb_build_object('type', s.resource_type, 'required', s.required,
                                                        'schema', s.definition) order by s.urn)
                      from tenant_schema s
                     where s.tenant_id = t.id)::text,
                   (select jsonb_agg(jsonb_build_object('type', c.resource_type, 'urn', lower(c.urn)))
                      from schema_change c
                     where c.tenant_id = t.id
                       and (c.state <> 'done' or c.ended_at > now() - interval '1 day'))::text
              from tenant t
             where t.id = any((select ?::uuid[])::uuid[])
            """)
        .param(array("uuid", tenants, tenant -> tenant))
        .query(
            row -> {
              int days = row.getInt(2);
              Duration retention =
                  Duration.ofDays(row.wasNull() ? TenantRules.DEFAULT_RETENTION_DAYS : days);
              rules.put(
                  row.getObject(1, UUID.class),
                  new TenantRules(
                      retention, catalogue(row.getString(3), retired(row.getString(4)))));
            });
    return rules;
  }

  private static Schemas catalogue(@Nullable String schemas, Set<Retired> retired) {
    return schemas == null && retired.isEmpty()
        ? Schemas.STANDARD
        : MADE.get(new Stored(schemas, retired), PostgresTenantSchemas::made);
  }

  private static Schemas made(Stored stored) {
    List<Extension> custom = new ArrayList<>();
    if (stored.schemas() != null) {
      for (JsonNode it : all(stored.schemas())) {
        Schema schema = Schema.of((ObjectNode) it.path("schema"));
        custom.add(new Extension(type(it), schema, it.path("required").asBoolean()));
      }
    }
    return new Schemas(List.copyOf(custom), false, stored.retired());
  }

  static Set<Retired> retired(@Nullable String changes) {
    Set<Retired> retired = new HashSet<>();
    if (changes != null) {
      all(changes).forEach(it -> retired.add(new Retired(type(it), it.path("urn").asText())));
    }
    return Set.copyOf(retired);
  }

  private static JsonNode all(String json) {
    return Json.stored("{\"all\":" + json + "}").path("all");
  }

  private static ResourceType type(JsonNode it) {
    return ResourceType.labelled(it.path("type").asText()).orElseThrow();
  }
}
