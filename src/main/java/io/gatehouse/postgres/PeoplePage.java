package io.gatehouse.postgres;

import io.gatehouse.directory.PeopleQueries.Search;
import io.gatehouse.directory.PeopleQueries.State;
import io.gatehouse.directory.ResourceQuery.Position;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statement for one page of the register, without a text. It is composed of parts, each of
 * which reads one index in the order of the page, so that every page of a large tenant costs the
 * same. A single statement would scan all users that were created before those of the page.
 */
record PeoplePage(Search search) {

  private static final String ROW =
      "select " + PostgresPeople.COLUMNS + " from person p where p.tenant_id = ?";

  private static final String UNMANAGED =
      " and p.connection_id is null and p.deleted_at is null and p.active";
  private static final String PROVISIONED = " and p.deleted_at is null and p.active";
  private static final String LEFT = " and not p.active";

  SqlFragment sql() {
    return parts().stream()
        .reduce((one, other) -> one.then(" union all ").then(other))
        .orElseThrow()
        .in("select * from (", ") p")
        .then(end());
  }

  private List<SqlFragment> parts() {
    UUID connection = search.connection();
    return connection == null ? ofTenant(search.state()) : ofConnection(connection);
  }

  private List<SqlFragment> ofTenant(@Nullable State state) {
    if (state == null) {
      return List.of(page(SqlFragment.of("")));
    }
    return switch (state) {
      case UNMANAGED -> List.of(page(SqlFragment.of(UNMANAGED)));
      case DEACTIVATED -> List.of(page(SqlFragment.of(LEFT)));
      case ACTIVE -> List.of(ofEachConnection());
      case ERASED -> nobody();
    };
  }

  private List<SqlFragment> ofConnection(UUID connection) {
    SqlFragment of = SqlFragment.of(" and p.connection_id = ?", connection);
    State state = search.state();
    if (state == null) {
      return List.of(page(of.then(PROVISIONED)), page(of.then(LEFT)));
    }
    return switch (state) {
      case ACTIVE -> List.of(page(of.then(PROVISIONED)));
      case DEACTIVATED -> List.of(page(of.then(LEFT)));
      case UNMANAGED, ERASED -> nobody();
    };
  }

  /** Reads each connection of the tenant in order; a tenant has few connections. */
  private SqlFragment ofEachConnection() {
    return SqlFragment.of("(select p.* from connection c cross join lateral ")
        .then(page(SqlFragment.of(" and p.connection_id = c.id" + PROVISIONED)))
        .then(" p where c.tenant_id = ?)", search.tenant());
  }

  private List<SqlFragment> nobody() {
    return List.of(page(SqlFragment.of(" and false")));
  }

  /** The condition for a state of users who are found in another way. */
  static String inState(@Nullable State state) {
    if (state == null) {
      return "";
    }
    return switch (state) {
      case UNMANAGED -> UNMANAGED;
      case ACTIVE -> " and p.connection_id is not null" + PROVISIONED;
      case DEACTIVATED -> LEFT;
      case ERASED -> " and false";
    };
  }

  private SqlFragment page(SqlFragment condition) {
    return SqlFragment.of(ROW, search.tenant())
        .then(condition)
        .then(after())
        .then(end())
        .in("(", ")");
  }

  private SqlFragment after() {
    Position after = search.after();
    if (after == null) {
      return SqlFragment.of("");
    }
    return SqlFragment.of(" and p.id > ?", after.id());
  }

  private SqlFragment end() {
    return SqlFragment.of(" order by p.id limit ?", search.count());
  }
}
