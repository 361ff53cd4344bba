package io.gatehouse.postgres;

import io.gatehouse.access.Session;
import io.gatehouse.access.Sessions;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.BearerToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sessions in {@code admin_session}; the time is that of the injected clock. */
final class PostgresSessions implements Sessions {

  private static final String LIVE =
      "select s.id, s.opened_at, s.seen_at, s.confirmed_at, s.address, s.agent, "
          + PostgresAccounts.COLUMNS
          + """
             from admin_session s
             join administrator a on a.id = s.administrator_id
            where s.seen_at > ? and s.opened_at > ? and a.disabled_at is null
          """;

  private final JdbcClient jdbc;
  private final Clock clock;

  PostgresSessions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public void open(BearerToken token, Opening opening) {
    jdbc.sql("delete from admin_session where seen_at < ? or opened_at < ?")
        .params(before(IDLE), before(LONGEST))
        .update();
    Timestamp now = before(Duration.ZERO);
    Timestamp confirmed = opening.confirmed() ? now : before(CONFIRMED);
    jdbc.sql(
            """
            insert into admin_session (id, hash, administrator_id, opened_at, seen_at, confirmed_at, address, agent)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(UUID.randomUUID(), token.hash(), opening.account(), now, now, confirmed)
        .params(opening.address(), opening.agent())
        .update();
  }

  private Timestamp before(Duration age) {
    return Timestamp.from(clock.instant().minus(age));
  }

  @Override
  public Optional<Session> find(BearerToken token) {
    try {
      return jdbc.sql(LIVE + " and s.hash = ?")
          .params(before(IDLE), before(LONGEST), token.hash())
          .query(PostgresSessions::session)
          .optional();
    } catch (DataAccessException e) {
      throw new StoreUnavailableException("Sessions cannot be read.", e);
    }
  }

  @Override
  public Optional<Session> live(UUID id) {
    return jdbc.sql(LIVE + " and s.id = ?")
        .params(before(IDLE), before(LONGEST), id)
        .query(PostgresSessions::session)
        .optional();
  }

  @Override
  public List<Session> live() {
    return jdbc.sql(LIVE + " order by s.seen_at desc limit 200")
        .params(before(IDLE), before(LONGEST))
        .query(PostgresSessions::session)
        .list();
  }

  private static Session session(ResultSet row, int n) throws SQLException {
    return new Session(
        row.getObject("id", UUID.class),
        PostgresAccounts.account(row, n),
        Objects.requireNonNull(ColumnValues.instant(row, "opened_at")),
        Objects.requireNonNull(ColumnValues.instant(row, "seen_at")),
        Objects.requireNonNull(ColumnValues.instant(row, "confirmed_at")),
        row.getString("address"),
        row.getString("agent"));
  }

  @Override
  public void seen(UUID id) {
    set("seen_at", id);
  }

  @Override
  public void confirmed(UUID id) {
    set("confirmed_at", id);
  }

  private void set(String column, UUID id) {
    jdbc.sql("update admin_session set " + column + " = ? where id = ?")
        .params(before(Duration.ZERO), id)
        .update();
  }

  @Override
  public void close(UUID id) {
    jdbc.sql("delete from admin_session where id = ?").param(id).update();
  }

  @Override
  public void closeAll(UUID account) {
    jdbc.sql("delete from admin_session where administrator_id = ?").param(account).update();
  }

  @Override
  public void closeOthers(UUID account, UUID kept) {
    jdbc.sql("delete from admin_session where administrator_id = ? and id <> ?")
        .params(account, kept)
        .update();
  }
}
