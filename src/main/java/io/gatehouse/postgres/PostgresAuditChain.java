package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.audit.AuditChain;
import io.gatehouse.audit.AuditRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The chains in {@code audit_chain}, their heads in {@code audit_head}. */
final class PostgresAuditChain implements AuditChain {

  private static final String ENTRY =
      """
      e.id as entry, e.tenant_id, e.connection_id, e.actor, e.action, e.resource_id, e.version, e.status,
      e.command_id, e.origin_id, e.at, d.salt, d.detail::text as detail
      """;

  private static final String LINK =
      """
      c.sequence, c.audit_id, encode(c.content, 'hex') as content,
      encode(c.detail_hash, 'hex') as detail_hash, encode(c.hash, 'hex') as hash
      """;

  private static final String HEAD = "select tenant_id, sequence, encode(hash, 'hex') as hash";

  private final JdbcClient jdbc;
  private final JdbcClient reports;

  PostgresAuditChain(JdbcClient jdbc, JdbcClient reports) {
    this.jdbc = jdbc;
    this.reports = reports;
  }

  @Override
  public List<AuditRecord> takePending(int limit) {
    List<Long> ids =
        jdbc.sql(
                """
                delete from audit_pending
                 where ctid = any(array(select ctid from audit_pending limit ?))
                returning audit_id
                """)
            .param(limit)
            .query(Long.class)
            .list();
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(
                "select "
                    + ENTRY
                    + """
                       from audit_entry e
                       left join audit_detail d on d.audit_id = e.id
                      where e.id = any(?::bigint[])
                      order by e.id
                      """)
            .param(array("bigint", ids, it -> it))
            .query(PostgresAuditChain::entry)
            .list();
  }

  @Override
  public List<Head> heads(Collection<@Nullable UUID> tenants) {
    return jdbc.sql(
            HEAD + " from audit_head where tenant_id = any(?::uuid[]) or (? and tenant_id is null)")
        .param(array("uuid", tenants.stream().filter(Objects::nonNull).toList(), it -> it))
        .param(tenants.stream().anyMatch(Objects::isNull))
        .query(PostgresAuditChain::head)
        .list();
  }

  @Override
  public List<Head> heads() {
    return reports.sql(HEAD + " from audit_head").query(PostgresAuditChain::head).list();
  }

  @Override
  public void append(@Nullable UUID tenant, List<Link> links) {
    jdbc.sql(
            """
            insert into audit_chain (tenant_id, sequence, audit_id, content, detail_hash, hash)
            select ?::uuid, sequence, audit_id, decode(content, 'hex'), decode(detail, 'hex'), decode(hash, 'hex')
              from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[])
                   n (sequence, audit_id, content, detail, hash)
            """)
        .param(tenant)
        .param(array("bigint", links, Link::sequence))
        .param(array("bigint", links, Link::id))
        .param(array("text", links, Link::content))
        .param(array("text", links, Link::detail))
        .param(array("text", links, Link::hash))
        .update();
    Link last = links.get(links.size() - 1);
    jdbc.sql(
            """
            insert into audit_head (tenant_id, sequence, hash)
            values (?::uuid, ?, decode(?, 'hex'))
            on conflict (tenant_id) do update set sequence = excluded.sequence, hash = excluded.hash
            """)
        .param(tenant)
        .param(last.sequence())
        .param(last.hash())
        .update();
  }

  @Override
  public Optional<Link> link(@Nullable UUID tenant, long sequence) {
    SqlFragment wanted =
        SqlFragment.of("select " + LINK + " from audit_chain c where ")
            .then(of("c.tenant_id", tenant))
            .then(" and c.sequence = ?", sequence);
    return query(wanted).query(PostgresAuditChain::link).optional();
  }

  /** The erasure of a user deletes the details, and is in the chain itself. */
  @Override
  public List<Found> links(@Nullable UUID tenant, long after, long last, int limit) {
    SqlFragment wanted =
        SqlFragment.of("select " + LINK + "," + ENTRY)
            .then(
                """
                , (d.audit_id is null and c.detail_hash is not null
                   and exists (select from audit_entry x
                                where x.tenant_id = e.tenant_id and x.resource_id = e.resource_id
                                  and x.action in ('user.purge', 'user.erase') and x.status < 300)) as erased
                  from (select * from audit_chain c where
                """)
            .then(of("c.tenant_id", tenant))
            .then(
                """
                 and c.sequence > ? and c.sequence <= ? order by c.sequence limit ?) c
                  left join audit_entry e on e.id = c.audit_id
                  left join audit_detail d on d.audit_id = c.audit_id
                 order by c.sequence
                """,
                after,
                last,
                limit);
    return query(wanted)
        .query(
            (row, n) ->
                new Found(
                    link(row, n),
                    row.getObject("entry") == null ? null : entry(row, n),
                    row.getBoolean("erased")))
        .list();
  }

  @Override
  public List<Link> beyondTheHead(@Nullable UUID tenant, int limit) {
    SqlFragment wanted =
        SqlFragment.of("select " + LINK + " from audit_chain c where ")
            .then(of("c.tenant_id", tenant))
            .then(" and c.sequence > coalesce((select h.sequence from audit_head h where ")
            .then(of("h.tenant_id", tenant))
            .then("), 0) order by c.sequence limit ?", limit);
    return query(wanted).query(PostgresAuditChain::link).list();
  }

  /** One statement, so that an entry cannot get its place meanwhile. */
  @Override
  public List<Placed> entries(@Nullable UUID tenant, long after, int limit) {
    SqlFragment wanted =
        SqlFragment.of(
                """
                select e.id, e.at,
                       case when c.audit_id is not null then 'CHAINED'
                            when p.audit_id is not null then 'WAITING' else 'OUTSIDE' end as place
                  from (select e.id, e.at from audit_entry e where
                """)
            .then(of("e.tenant_id", tenant))
            .then(
                """
                 and e.id > ? order by e.id limit ?) e
                  left join audit_chain c on c.audit_id = e.id
                  left join audit_pending p on p.audit_id = e.id
                 order by e.id
                """,
                after,
                limit);
    return query(wanted)
        .query(
            (row, n) ->
                new Placed(
                    row.getLong("id"),
                    Objects.requireNonNull(ColumnValues.instant(row, "at")),
                    Place.valueOf(row.getString("place"))))
        .list();
  }

  private JdbcClient.StatementSpec query(SqlFragment wanted) {
    return reports.sql(wanted.text()).params(wanted.parameters());
  }

  /** Rows of a tenant, or those without one. */
  private static SqlFragment of(String column, @Nullable UUID tenant) {
    return tenant == null
        ? SqlFragment.of(column + " is null")
        : SqlFragment.of(column + " = ?", tenant);
  }

  private static Head head(ResultSet row, int n) throws SQLException {
    return new Head(
        row.getObject("tenant_id", UUID.class), row.getLong("sequence"), row.getString("hash"));
  }

  private static Link link(ResultSet row, int n) throws SQLException {
    return new Link(
        row.getLong("sequence"),
        row.getLong("audit_id"),
        row.getString("content"),
        row.getString("detail_hash"),
        row.getString("hash"));
  }

  private static AuditRecord entry(ResultSet row, int n) throws SQLException {
    UUID salt = row.getObject("salt", UUID.class);
    return new AuditRecord(
        row.getLong("entry"),
        row.getObject("tenant_id", UUID.class),
        row.getObject("connection_id", UUID.class),
        row.getString("actor"),
        row.getString("action"),
        row.getObject("resource_id", UUID.class),
        row.getObject("version", Long.class),
        row.getInt("status"),
        row.getObject("command_id", UUID.class),
        row.getObject("origin_id", UUID.class),
        Objects.requireNonNull(ColumnValues.instant(row, "at")),
        salt == null ? null : new AuditRecord.Detail(salt, row.getString("detail")));
  }
}
