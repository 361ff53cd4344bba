package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.directory.ResourceQueries;
import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.store.SlowQueryException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Queries for SCIM. Each statement is restricted to the resources that the caller may see. */
final class PostgresResourceQueries implements ResourceQueries {

  /** Rows in memory at a time while members are streamed. */
  private static final int FETCHED = 500;

  /** Bytes of documents of one page in memory at a time; few pages have more. */
  private static final int MAX_DOCUMENTS = 1024 * 1024;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  PostgresResourceQueries(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public Optional<Found> find(Caller caller, ResourceType type, UUID id, boolean groups) {
    SqlFragment one = SqlQuery.one(caller, type, id, groups);
    return timed(
        () ->
            jdbc.sql(one.text())
                .params(one.parameters())
                .query(PostgresResourceQueries::row)
                .optional()
                .flatMap(Row::found));
  }

  private static <T> T timed(Supplier<T> read) {
    try {
      return read.get();
    } catch (DataAccessException e) {
      throw PostgresUnitOfWork.STATEMENT_TIMEOUT.equals(PostgresUnitOfWork.state(e))
          ? new SlowQueryException(e)
          : e;
    }
  }

  @Override
  public Page find(Caller caller, ResourceQuery query) {
    return timed(() -> page(caller, query));
  }

  private Page page(Caller caller, ResourceQuery query) {
    SqlQuery all = new SqlQuery(caller, query.from());
    ResourceQuery.Window window = query.window();
    List<Row> rows =
        window.count() == 0 ? List.of() : rows(all.page(window, MAX_DOCUMENTS, query.groups()));
    List<Row> shown = rows.subList(0, Math.min(window.count(), rows.size()));
    Optional<ResourceQuery.Position> next =
        rows.size() > window.count()
            ? Optional.of(shown.get(shown.size() - 1).position())
            : Optional.empty();
    return new Page(
        window.total() ? OptionalLong.of(total(all, window, rows.size())) : OptionalLong.empty(),
        shown.stream().flatMap(it -> it.found().stream()).toList(),
        shown.stream().filter(it -> it.found().isEmpty()).map(Row::key).toList(),
        next);
  }

  private List<Row> rows(SqlFragment page) {
    return jdbc.sql(page.text())
        .params(page.parameters())
        .query(PostgresResourceQueries::row)
        .list();
  }

  /** The total; a first page that is not full contains all rows, and no count is needed. */
  private long total(SqlQuery all, ResourceQuery.Window window, int found) {
    return window.offset() == 0 && found < window.count() ? found : count(all);
  }

  private long count(SqlQuery all) {
    SqlFragment total = all.total();
    return jdbc.sql(total.text()).params(total.parameters()).query(Long.class).single();
  }

  private record Row(Key key, Optional<Found> found, ResourceQuery.Position position) {}

  private static Row row(ResultSet row, int n) throws SQLException {
    Key key = new Key(ResourceType.valueOf(row.getString("type")), row.getObject("id", UUID.class));
    String doc = row.getString("doc");
    return new Row(
        key,
        doc == null
            ? Optional.empty()
            : Optional.of(new Found(snapshot(key, doc, row), groups(row.getArray("groups")))),
        new ResourceQuery.Position(row.getString("sort_key"), key.id()));
  }

  private static Snapshot snapshot(Key key, String doc, ResultSet row) throws SQLException {
    return new Snapshot(
        key.type(),
        key.id(),
        row.getLong("version"),
        Objects.requireNonNull(ColumnValues.instant(row, "created_at")),
        Objects.requireNonNull(ColumnValues.instant(row, "modified_at")),
        Json.stored(doc));
  }

  private static Optional<List<Reference>> groups(@Nullable Array column) throws SQLException {
    return column == null
        ? Optional.empty()
        : Optional.of(
            GroupNames.of(column).stream()
                .map(it -> new Reference(it.id(), ResourceType.GROUP, it.name()))
                .toList());
  }

  @Override
  public Optional<Map<UUID, List<Reference>>> members(
      Caller caller, Collection<UUID> groups, int limit) {
    Map<UUID, List<Reference>> members = new HashMap<>();
    int[] read = {0};
    if (!groups.isEmpty()) {
      jdbc.sql(
              """
              select group_id, member_id, type, display
                from group_member
               where tenant_id = ? and group_id = any(?::uuid[])
               order by group_id, member_id
               limit ?
              """)
          .param(caller.tenant())
          .param(array("uuid", groups, id -> id))
          .param(limit + 1)
          .query(
              row -> {
                read[0]++;
                add(members, row, member(row));
              });
    }
    return read[0] > limit ? Optional.empty() : Optional.of(members);
  }

  /** Streams the members in a transaction; without one, the driver reads all rows at once. */
  @Override
  public void eachMember(Caller caller, UUID group, Consumer<Reference> shown) {
    transactions.executeWithoutResult(
        transaction ->
            jdbc.sql(
                    """
                    select group_id, member_id, type, display
                      from group_member
                     where tenant_id = ? and group_id = ?
                     order by member_id
                    """)
                .withFetchSize(FETCHED)
                .params(caller.tenant(), group)
                .query(
                    row -> {
                      shown.accept(member(row));
                    }));
  }

  private static Reference member(ResultSet row) throws SQLException {
    ResourceType type = ResourceType.labelled(row.getString(3)).orElseThrow();
    return new Reference(row.getObject(2, UUID.class), type, row.getString(4));
  }

  @Override
  public boolean hasMoreMembers(Caller caller, UUID group, int limit) {
    return jdbc.sql(
            """
            select count(*) > ?
              from (select from membership where tenant_id = ? and group_id = ? limit ?) m
            """)
        .params(limit, caller.tenant(), group, limit + 1)
        .query(Boolean.class)
        .single();
  }

  @Override
  public Map<UUID, List<Reference>> groupsOf(Caller caller, Collection<UUID> users) {
    Map<UUID, List<Reference>> groups = new HashMap<>();
    if (!users.isEmpty()) {
      jdbc.sql(
              """
              select user_id, group_id, display_name
                from user_group
               where tenant_id = ? and user_id = any(?::uuid[])
               order by user_id, group_id
              """)
          .param(caller.tenant())
          .param(array("uuid", users, id -> id))
          .query(
              row -> {
                UUID group = row.getObject(2, UUID.class);
                add(groups, row, new Reference(group, ResourceType.GROUP, row.getString(3)));
              });
    }
    return groups;
  }

  private static void add(Map<UUID, List<Reference>> references, ResultSet row, Reference one)
      throws SQLException {
    references.computeIfAbsent(row.getObject(1, UUID.class), it -> new ArrayList<>()).add(one);
  }
}
