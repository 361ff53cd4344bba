package io.gatehouse.postgres;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.scim.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads audit entries with their details and changes. A search reads a bounded number of entries by
 * an index, and filters those.
 */
final class PostgresAuditTrail implements AuditTrail {

  /**
   * Entries are inserted nearly in the order of their times: a transaction takes less than this.
   */
  private static final int SLACK_SECONDS = 300;

  private static final String COLUMNS =
      """
      select e.id, e.at, e.actor, e.action, e.connection_id, e.resource_id, e.status, e.command_id,
             coalesce(d.detail::text, '{}') as detail, o.address, o.credential,
             c.event_id, c.resource_type, c.type, c.version, c.sequence, c.published_at
      """;

  private static final String DETAILS =
      """
        left join audit_detail d on d.audit_id = e.id
        left join audit_origin o on o.id = e.origin_id
        left join change c on c.tenant_id = e.tenant_id and c.resource_id = e.resource_id and c.version = e.version
      """;

  /** Entries with their details; what they are to meet follows. */
  static final String ENTRIES = COLUMNS + " from audit_entry e " + DETAILS + " where ";

  private static final String WINDOW_ENTRIES = COLUMNS + " from (select * from (";

  private static final String JOINS =
      " order by e.id desc limit ?) e " + DETAILS + " order by e.id desc";

  private final JdbcClient jdbc;

  PostgresAuditTrail(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Page find(Search search) {
    Search placed = upTo(search);
    SqlFragment window = window(placed);
    List<Entry> found =
        query(
                SqlFragment.of(WINDOW_ENTRIES)
                    .then(window)
                    .then(") e where true")
                    .then(conditions(placed))
                    .then(JOINS, placed.count() + 1))
            .query(PostgresAuditTrail::entry)
            .list();
    if (found.size() > placed.count()) {
      List<Entry> shown = found.subList(0, placed.count());
      return new Page(shown, shown.get(shown.size() - 1).id());
    }
    return new Page(found, afterWindow(placed, window));
  }

  /** The entries to look at, by the index of the criterion that narrows most. */
  private static SqlFragment window(Search search) {
    SqlFragment entries =
        SqlFragment.of("select * from audit_entry e where ")
            .then(tenant(search.tenant()))
            .then(leading(search));
    if (search.before() != null) {
      entries = entries.then(" and e.id < ?", search.before());
    }
    return entries.then(" order by e.id desc limit ?", WINDOW);
  }

  private static SqlFragment tenant(@Nullable UUID tenant) {
    return tenant == null
        ? SqlFragment.of("e.tenant_id is null")
        : SqlFragment.of("e.tenant_id = ?", tenant);
  }

  private static SqlFragment leading(Search search) {
    if (search.resource() != null) {
      return only("e.resource_id =", search.resource());
    }
    return search.connection() != null
        ? only("e.connection_id =", search.connection())
        : only("e.action =", search.action());
  }

  private static SqlFragment conditions(Search search) {
    Filter filter = search.filter();
    SqlFragment all =
        only("e.connection_id =", search.connection())
            .then(only("e.action =", search.action()))
            .then(only("e.at >=", time(filter.from())))
            .then(only("e.at <", time(filter.until())));
    if (filter.actor() != null) {
      all = all.then(" and ? in (e.actor, split_part(e.actor, ':', 1))", filter.actor());
    }
    if (filter.outcome() != null) {
      all =
          all.then(
              " and e.status between ? and ?",
              filter.outcome().lowest(),
              filter.outcome().highest());
    }
    return all;
  }

  private static @Nullable Timestamp time(@Nullable Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  private static SqlFragment only(String comparison, @Nullable Object wanted) {
    return wanted == null
        ? SqlFragment.of("")
        : SqlFragment.of(" and " + comparison + " ?", wanted);
  }

  /** Where to look next: null when the window had all entries, or reaches behind the first time. */
  private @Nullable Long afterWindow(Search search, SqlFragment window) {
    if (search.filter().equals(Filter.NONE) && search.action() == null) {
      return null;
    }
    record Bounds(long count, long first, @Nullable Instant at) {}
    Bounds bounds =
        query(
                SqlFragment.of(
                        "select count(*), coalesce(min(id), 0) as first, min(at) as at from (")
                    .then(window)
                    .then(") w"))
            .query(
                (row, n) ->
                    new Bounds(
                        row.getLong("count"),
                        row.getLong("first"),
                        ColumnValues.instant(row, "at")))
            .single();
    Instant from = search.filter().from();
    boolean past =
        from != null
            && bounds.at() != null
            && bounds.at().plusSeconds(SLACK_SECONDS).isBefore(from);
    return bounds.count() < WINDOW || past ? null : bounds.first();
  }

  /** Begins at the time that is too late, instead of the newest entry. */
  private Search upTo(Search search) {
    Instant until = search.filter().until();
    if (until == null || search.before() != null) {
      return search;
    }
    Instant late = until.plusSeconds(SLACK_SECONDS);
    Optional<Placed> last = at(search, Long.MAX_VALUE);
    if (last.isEmpty() || last.get().at().isBefore(late)) {
      return search;
    }
    long low = 0;
    long high = last.get().id();
    while (low + 1 < high) {
      long middle = low + (high - low) / 2;
      boolean early = at(search, middle).filter(it -> !it.at().isBefore(late)).isEmpty();
      low = early ? middle : low;
      high = early ? high : middle;
    }
    return search.after(high + 1);
  }

  private record Placed(long id, Instant at) {}

  /** The last entry of the tenant up to an id. */
  private Optional<Placed> at(Search search, long id) {
    return query(
            SqlFragment.of("select e.id, e.at from audit_entry e where ")
                .then(tenant(search.tenant()))
                .then(" and e.id <= ? order by e.id desc limit 1", id))
        .query(
            (row, n) ->
                new Placed(
                    row.getLong("id"), Objects.requireNonNull(ColumnValues.instant(row, "at"))))
        .optional();
  }

  private JdbcClient.StatementSpec query(SqlFragment wanted) {
    return jdbc.sql(wanted.text()).params(wanted.parameters());
  }

  static Entry entry(ResultSet row, int n) throws SQLException {
    return new Entry(
        row.getLong("id"),
        Objects.requireNonNull(ColumnValues.instant(row, "at")),
        row.getString("actor"),
        row.getString("action"),
        row.getObject("connection_id", UUID.class),
        row.getObject("resource_id", UUID.class),
        row.getInt("status"),
        row.getObject("command_id", UUID.class),
        Json.stored(row.getString("detail")),
        row.getString("address"),
        row.getString("credential"),
        row.getObject("event_id") == null ? null : announced(row));
  }

  private static Announced announced(ResultSet row) throws SQLException {
    return new Announced(
        row.getObject("event_id", UUID.class),
        row.getString("resource_type"),
        row.getString("type"),
        row.getLong("version"),
        row.getObject("sequence", Long.class),
        ColumnValues.instant(row, "published_at"));
  }
}
