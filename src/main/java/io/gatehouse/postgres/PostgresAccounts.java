package io.gatehouse.postgres;

import io.gatehouse.access.Account;
import io.gatehouse.access.Accounts;
import io.gatehouse.access.Administrator;
import io.gatehouse.access.Role;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts in {@code administrator}. */
final class PostgresAccounts implements Accounts {

  static final String COLUMNS =
      """
      a.id as administrator_id, a.name, a.role, a.tenants, a.password, a.subject, a.must_change,
      a.disabled_at, a.created_at, a.signed_in_at
      """;

  private static final String ALL = "select " + COLUMNS + " from administrator a ";

  private final JdbcClient jdbc;

  PostgresAccounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public boolean none() {
    return jdbc.sql("select not exists (select from administrator where role = 'admin')")
        .query(Boolean.class)
        .single();
  }

  @Override
  public boolean add(Account account) {
    Administrator it = account.administrator();
    return 1
        == jdbc.sql(
                """
                insert into administrator (id, name, name_key, role, tenants, password, subject, must_change)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """)
            .param(it.id())
            .params(it.name(), key(it.name()), it.role().word())
            .param(array(it.tenants()))
            .param(account.password())
            .param(account.subject())
            .param(account.mustChange())
            .update();
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** The ids as PostgreSQL's array; null stays null. */
  static UUID @Nullable [] array(@Nullable Set<UUID> tenants) {
    return tenants == null ? null : tenants.toArray(UUID[]::new);
  }

  /** The ids of an array; null stays null. */
  static @Nullable Set<UUID> tenants(@Nullable Array array) throws SQLException {
    return array == null ? null : Set.of((UUID[]) array.getArray());
  }

  @Override
  public Optional<Account> named(String name) {
    return one("where a.name_key = ?", key(name));
  }

  @Override
  public Optional<Account> find(UUID id) {
    return one("where a.id = ?", id);
  }

  @Override
  public Optional<Account> ofSubject(String subject) {
    return one("where a.subject = ?", subject);
  }

  private Optional<Account> one(String where, Object parameter) {
    return jdbc.sql(ALL + where).param(parameter).query(PostgresAccounts::account).optional();
  }

  @Override
  public List<Account> all() {
    return jdbc.sql(ALL + "order by a.name_key").query(PostgresAccounts::account).list();
  }

  static Account account(ResultSet row, int n) throws SQLException {
    return new Account(
        new Administrator(
            row.getObject("administrator_id", UUID.class),
            row.getString("name"),
            Role.of(row.getString("role")).orElseThrow(),
            tenants(row.getArray("tenants"))),
        row.getString("password"),
        row.getString("subject"),
        row.getBoolean("must_change"),
        ColumnValues.instant(row, "disabled_at"),
        Objects.requireNonNull(ColumnValues.instant(row, "created_at")),
        ColumnValues.instant(row, "signed_in_at"));
  }

  @Override
  public void changePassword(UUID id, String hash, boolean mustChange) {
    jdbc.sql("update administrator set password = ?, must_change = ? where id = ?")
        .params(hash, mustChange, id)
        .update();
  }

  @Override
  public void change(Administrator administrator) {
    jdbc.sql("update administrator set role = ?, tenants = ? where id = ?")
        .param(administrator.role().word())
        .param(array(administrator.tenants()))
        .param(administrator.id())
        .update();
  }

  /** Of two changes at the same moment, the second one sees the first, for it waits at its lock. */
  @Override
  public boolean amend(Administrator administrator, boolean disabled) {
    boolean chief =
        administrator.role() == Role.ADMIN && administrator.isOfAllTenants() && !disabled;
    return 1
        == jdbc.sql(
                """
                with chiefs as materialized (
                    select id from administrator
                     where role = 'admin' and tenants is null and disabled_at is null
                     order by id
                       for update
                )
                update administrator
                   set role = ?, tenants = ?,
                       disabled_at = case when ? then coalesce(disabled_at, now()) end
                 where id = ? and (? or exists (select from chiefs where chiefs.id <> administrator.id)
                                   or not exists (select from chiefs where chiefs.id = administrator.id))
                """)
            .param(administrator.role().word())
            .param(array(administrator.tenants()))
            .param(disabled)
            .param(administrator.id())
            .param(chief)
            .update();
  }

  @Override
  public void signedIn(UUID id) {
    jdbc.sql("update administrator set signed_in_at = now() where id = ?").param(id).update();
  }
}
