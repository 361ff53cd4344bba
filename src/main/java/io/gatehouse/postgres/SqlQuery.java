package io.gatehouse.postgres;

import io.gatehouse.command.Caller;
import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.postgres.SqlTable.Key;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a search. Each is restricted to the resources that the caller may see.
 *
 * <p>In a search over several types, those of one type come after those of the one before; the key
 * of a position then begins with the number of the type.
 */
record SqlQuery(Caller caller, List<ResourceQuery.Selected> from) {

  static SqlFragment one(Caller caller, ResourceType type, UUID id, boolean groups) {
    SqlTable table = SqlTable.of(type);
    return row(table)
        .then("null as sort_key")
        .then(groups(caller, table.name(), groups))
        .then(visible(caller, table))
        .then(" and " + table.column("id") + " = ?", id);
  }

  /** The groups of a user, each as its id with its name after it: one statement reads both. */
  private static SqlFragment groups(Caller caller, String row, boolean wanted) {
    return wanted
        ? SqlFragment.of(
            ", array(select d.group_id || d.display_name from user_group d"
                + " where d.tenant_id = ? and d.user_id = "
                + row
                + ".id) as groups",
            caller.tenant())
        : SqlFragment.of(", null::text[] as groups");
  }

  private static SqlFragment row(SqlTable table) {
    return SqlFragment.of(
        "select '"
            + table.type()
            + "' as type, "
            + table.column("id")
            + ", version, created_at, modified_at, doc::text as doc, ");
  }

  private static SqlFragment visible(Caller caller, SqlTable table) {
    return SqlFragment.of(
        " from " + table.name() + " where tenant_id = ? and connection_id = ?" + table.shown(),
        caller.tenant(),
        caller.requireConnection());
  }

  private SqlFragment matching(ResourceQuery.Selected selected) {
    SqlTable table = SqlTable.of(selected.type());
    return visible(caller, table).then(" and ").then(SqlFilter.of(selected.filter(), table));
  }

  /** The statement that counts all results. */
  SqlFragment total() {
    return from.stream()
        .map(selected -> matching(selected).in("(select count(*)", ")"))
        .reduce((one, other) -> one.then(" + ").then(other))
        .orElseThrow()
        .in("select ", "");
  }

  /**
   * The statement for the rows of a window, and one more if there is one. Documents beyond the
   * given number of bytes are left out, except a single one.
   */
  SqlFragment page(ResourceQuery.Window window, int bytes, boolean groups) {
    if (hasOneAtMost() && window.offset() == 0 && window.after() == null) {
      return only(groups);
    }
    return SqlFragment.of(
            """
            select type, id, version, created_at, modified_at, sort_key,
                   case when sum(octet_length(doc)) over (rows unbounded preceding) <= ? then doc end as doc
            """,
            bytes)
        .then(groups(caller, "page", groups))
        .then(" from (")
        .then(from.size() == 1 ? single(window) : several(window))
        .then(" limit ? offset ?) page", window.count() + 1, window.offset());
  }

  /** Whether the search names a unique key, so that it needs no order and no limit. */
  private boolean hasOneAtMost() {
    return from.size() == 1
        && from.get(0).filter() instanceof FilterCondition.Compare compare
        && compare.operator() == FilterCondition.Operator.EQ
        && SqlTable.of(from.get(0).type()).key(compare.field()).filter(Key::unique).isPresent();
  }

  private SqlFragment only(boolean groups) {
    SqlTable table = SqlTable.of(from.get(0).type());
    return row(table)
        .then("null as sort_key")
        .then(groups(caller, table.name(), groups))
        .then(matching(from.get(0)));
  }

  private SqlFragment single(ResourceQuery.Window window) {
    ResourceQuery.Selected selected = from.get(0);
    SqlSort sort = sort(selected);
    ResourceQuery.Position after = window.after();
    return row(SqlTable.of(selected.type()))
        .then(sort.selected())
        .then(" as sort_key")
        .then(matching(selected))
        .then(
            after == null
                ? SqlFragment.of("")
                : sort.after(after.key(), after.id()).in(" and ", ""))
        .then(" order by ")
        .then(sort.order());
  }

  private static SqlSort sort(ResourceQuery.Selected selected) {
    return SqlSort.of(selected.sort(), SqlTable.of(selected.type()));
  }

  private SqlFragment several(ResourceQuery.Window window) {
    Place after = Place.of(window.after());
    List<SqlFragment> parts = new ArrayList<>();
    IntStream.range(after.part, from.size())
        .forEach(
            part -> parts.add(part(part, part == after.part ? window.after() : null, after.key)));
    return parts.stream()
        .reduce((one, other) -> one.then(" union all ").then(other))
        .orElse(SqlFragment.of("select * from person where false"))
        .in("select * from (", ") found order by part, place");
  }

  private SqlFragment part(int part, ResourceQuery.@Nullable Position after, @Nullable String key) {
    ResourceQuery.Selected selected = from.get(part);
    SqlSort sort = sort(selected);
    return row(SqlTable.of(selected.type()))
        .then(sort.selected().in("'" + part + "' || coalesce(':' || ", ", '') as sort_key, "))
        .then(sort.order().in(part + " as part, row_number() over (order by ", ") as place"))
        .then(matching(selected))
        .then(after == null ? SqlFragment.of("") : sort.after(key, after.id()).in(" and ", ""));
  }

  /** The position of a search over several types. */
  private record Place(int part, @Nullable String key) {
    static Place of(ResourceQuery.@Nullable Position after) {
      String text = after == null ? null : after.key();
      if (text == null) {
        return new Place(0, null);
      }
      int colon = text.indexOf(':');
      return colon < 0
          ? new Place(Integer.parseInt(text), null)
          : new Place(Integer.parseInt(text.substring(0, colon)), text.substring(colon + 1));
    }
  }
}
