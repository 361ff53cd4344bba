package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.lifecycle.SchemaChanges.Held;
import io.gatehouse.scim.ConformingValues;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.SchemaNarrowing;
import io.gatehouse.scim.Schemas;
import io.gatehouse.scim.Schemas.Extension;
import io.gatehouse.scim.Schemas.Retired;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the resources with values of an extension, through an index. The count ends at a limit,
 * because a call waits for it.
 */
final class SchemaHolders {

  private static final int LIMIT = 10_000;

  private static final int PAGE = 250;

  private final JdbcClient jdbc;

  SchemaHolders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Counts the resources whose values may not fit any more. */
  Held values(UUID tenant, SchemaNarrowing schemaNarrowing) {
    if (!schemaNarrowing.touchesValues()) {
      return new Held(0, 0, false);
    }
    String urn = Folded.text(schemaNarrowing.urn());
    SqlFragment found =
        all(tenant, schemaNarrowing.type()).then(" and r.search @> ?::jsonb", listed(urn));
    if (schemaNarrowing.extent() == SchemaNarrowing.Extent.PART) {
      found =
          found.then(
              " and (jsonb_exists_any(r.search -> ?, ?) or not jsonb_exists_all(r.search -> ?, ?))",
              urn,
              array("text", schemaNarrowing.attributes(), it -> it),
              urn,
              array("text", schemaNarrowing.required(), it -> it));
    }
    return held(schemaNarrowing.type(), found);
  }

  /**
   * Counts the resources whose values do not fit; above the limit, all resources with values are
   * counted instead.
   */
  Held unfit(UUID tenant, Extension extension) {
    ResourceType type = extension.type();
    String urn = extension.schema().urn();
    Held all = values(tenant, SchemaNarrowing.deletion(extension));
    if (all.count() == 0 || all.more()) {
      return all;
    }
    Set<Retired> looked = Set.of(new Retired(type, urn.toLowerCase(Locale.ROOT)));
    ResourceDefinition definition = new Schemas(List.of(extension), false, looked).definition(type);
    long unfit = 0;
    UUID after = new UUID(0, 0);
    List<Stored> page;
    do {
      page = page(tenant, extension, after);
      unfit += page.stream().filter(it -> !it.fits(definition)).count();
      after = page.isEmpty() ? after : page.get(page.size() - 1).id();
    } while (page.size() == PAGE);
    return type == ResourceType.USER ? new Held(unfit, 0, false) : new Held(0, unfit, false);
  }

  private record Stored(UUID id, String document) {
    boolean fits(ResourceDefinition definition) {
      return ConformingValues.ofStored(definition, Json.stored(document)).isWhole();
    }
  }

  private List<Stored> page(UUID tenant, Extension extension, UUID after) {
    return jdbc.sql(
            "select r.id, r.doc::text from "
                + table(extension.type())
                + " where r.tenant_id = ? and r.search @> ?::jsonb and r.id > ? order by r.id limit ?")
        .params(tenant, listed(Folded.text(extension.schema().urn())), after, PAGE)
        .query((row, n) -> new Stored(row.getObject(1, UUID.class), row.getString(2)))
        .list();
  }

  /** Counts the resources that lack a required extension. */
  Held lacking(UUID tenant, SchemaNarrowing schemaNarrowing) {
    return schemaNarrowing.obligatory()
        ? held(
            schemaNarrowing.type(),
            SqlFragment.of("select 1 from ")
                .then(table(schemaNarrowing.type()))
                .then(" where r.tenant_id = ?", tenant)
                .then(" and not r.search @> ?::jsonb", listed(Folded.text(schemaNarrowing.urn()))))
        : new Held(0, 0, false);
  }

  private static SqlFragment all(UUID tenant, ResourceType type) {
    return SqlFragment.of("select 1 from ")
        .then(table(type))
        .then(" where r.tenant_id = ?", tenant)
        .then(type == ResourceType.USER ? "" : " and jsonb_array_length(r.doc -> 'schemas') > 1");
  }

  private static String table(ResourceType type) {
    return type == ResourceType.USER ? "person r" : "person_group r";
  }

  private static String listed(String urn) {
    ObjectNode schemas = Json.object();
    schemas.putArray("schemas").add(urn);
    return Json.text(schemas);
  }

  private Held held(ResourceType type, SqlFragment found) {
    SqlFragment count = found.in("select count(*) from (", "").then(" limit ?) r", LIMIT + 1);
    long all = jdbc.sql(count.text()).params(count.parameters()).query(Long.class).single();
    long counted = Math.min(all, LIMIT);
    return type == ResourceType.USER
        ? new Held(counted, 0, all > LIMIT)
        : new Held(0, counted, all > LIMIT);
  }
}
