package io.gatehouse.postgres;

import io.gatehouse.directory.PeopleQueries;
import io.gatehouse.directory.Person;
import io.gatehouse.lifecycle.Pseudonym;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.ResourceId;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schemas;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Queries of users in {@code person}, and of erased users in {@code tombstone}. */
final class PostgresPeopleQueries implements PeopleQueries {

  private final JdbcClient jdbc;
  private final Pseudonym pseudonym;

  PostgresPeopleQueries(JdbcClient jdbc, Pseudonym pseudonym) {
    this.jdbc = jdbc;
    this.pseudonym = pseudonym;
  }

  @Override
  public List<Match> people(Search search) {
    if (search.byName()) {
      return found(search, Objects.requireNonNull(search.text()));
    }
    SqlFragment page = new PeoplePage(search).sql();
    return jdbc.sql(page.text())
        .params(page.parameters())
        .query((row, n) -> new Match(PostgresPeople.person(row, n), null))
        .list();
  }

  /** Takes from one stage after the other until the page is full. */
  private List<Match> found(Search search, String text) {
    List<Match> found = new ArrayList<>();
    Optional<PeopleSearch> part = Optional.of(PeopleSearch.from(search, text));
    while (part.isPresent() && found.size() < search.count()) {
      found.addAll(matches(part.get(), search.count() - found.size()));
      part = part.get().next();
    }
    return found;
  }

  private List<Match> matches(PeopleSearch part, int count) {
    SqlFragment page = part.sql(count);
    return jdbc.sql(page.text())
        .params(page.parameters())
        .query(
            (row, n) ->
                new Match(PostgresPeople.person(row, n), part.place(row.getString("place"))))
        .list();
  }

  @Override
  public List<Person> unenrolled(UUID tenant, @Nullable UUID after, int count) {
    return jdbc.sql(
            "select "
                + PostgresPeople.COLUMNS
                + """
                 from person p
                where p.tenant_id = ? and p.enrolled_at is null and p.active and p.deleted_at is null
                  and p.connection_id is not null and p.id > ?
                order by p.id
                limit ?
                """)
        .params(tenant, after == null ? new UUID(0, 0) : after, count)
        .query(PostgresPeople::person)
        .list();
  }

  @Override
  public List<Erased> erased(Search search) {
    SqlFragment page =
        SqlFragment.of(
                "select tenant_id, id, version, erased_at from tombstone where tenant_id = ?",
                search.tenant())
            .then(
                search.text() == null ? SqlFragment.of("") : named(search.tenant(), search.text()))
            .then(search.connection() == null ? "" : " and false")
            .then(
                search.after() == null
                    ? SqlFragment.of("")
                    : SqlFragment.of(" and id > ?", search.after().id()))
            .then(" order by id limit ?", search.count());
    return jdbc.sql(page.text())
        .params(page.parameters())
        .query(PostgresPeopleQueries::erased)
        .list();
  }

  private SqlFragment named(UUID tenant, String text) {
    SqlFragment named = SqlFragment.of("(name_hash = ?", pseudonym.of(tenant, NameKey.of(text)));
    return ResourceId.of(text)
        .map(id -> named.then(" or id = ?", id))
        .orElse(named)
        .in(" and ", ")");
  }

  private static Erased erased(ResultSet row, int n) throws SQLException {
    return new Erased(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getLong("version"),
        Objects.requireNonNull(ColumnValues.instant(row, "erased_at")));
  }

  @Override
  public Optional<Person> person(UUID tenant, UUID id) {
    return jdbc.sql(
            "select "
                + PostgresPeople.COLUMNS
                + " from person p where p.tenant_id = ? and p.id = ?")
        .params(tenant, id)
        .query(PostgresPeople::person)
        .optional()
        .map(this::shown);
  }

  /** Removes values of schemas that were deleted or narrowed. */
  private Person shown(Person person) {
    Schemas schemas =
        Objects.requireNonNull(
                PostgresTenantSchemas.rules(jdbc, List.of(person.tenant())).get(person.tenant()))
            .catalogue();
    return person.showing(schemas.shown(ResourceType.USER, person.document()));
  }

  @Override
  public Optional<Erased> erased(UUID tenant, UUID id) {
    return jdbc.sql(
            "select tenant_id, id, version, erased_at from tombstone where tenant_id = ? and id ="
                + " ?")
        .params(tenant, id)
        .query(PostgresPeopleQueries::erased)
        .optional();
  }

  @Override
  public List<GroupName> groups(UUID tenant, UUID id) {
    return jdbc.sql(
            """
            select group_id, display_name
              from user_group
             where tenant_id = ? and user_id = ?
             order by group_id
            """)
        .params(tenant, id)
        .query((row, n) -> new GroupName(row.getObject(1, UUID.class), row.getString(2)))
        .list();
  }
}
