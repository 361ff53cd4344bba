package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.directory.ResourceQueries.Found;
import io.gatehouse.directory.ResourceQueries.Reference;
import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Samples;
import io.gatehouse.scim.Shapes;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A user comes with its groups, in one statement. */
class PostgresResourceQueriesTest {

  private static final Gateway GATEWAY = Gateway.shared();
  private static final Population POPULATION =
      Population.of(GATEWAY.bean(JdbcClient.class), Collections.nCopies(7, ScimClient.user("any")));

  private final CountedConnections connections =
      new CountedConnections(GATEWAY.bean(DataSource.class));
  private final PostgresResourceQueries queries =
      new PostgresResourceQueries(JdbcClient.create(connections), new TransactionTemplate());

  private List<UUID> users = List.of();

  @BeforeEach
  void everyUser() {
    users = IntStream.range(0, POPULATION.shown().size()).mapToObj(Samples::id).toList();
  }

  @Test
  void readsAUserWithItsGroupsInTheOrderOfTheirIds() {
    for (UUID user : users) {
      List<Reference> groups =
          queries.groupsOf(POPULATION.caller(), List.of(user)).getOrDefault(user, List.of());
      connections.taken = 0;

      assertThat(queries.find(POPULATION.caller(), ResourceType.USER, user, true))
          .map(Found::groups)
          .contains(Optional.of(groups));
      assertThat(connections.taken).isEqualTo(1);
    }
    assertThat(groups(users.get(0))).extracting(Reference::display).contains("École 100%", "a_b");
  }

  private List<Reference> groups(UUID user) {
    return queries
        .find(POPULATION.caller(), ResourceType.USER, user, true)
        .flatMap(Found::groups)
        .orElseThrow();
  }

  @Test
  void saysWhenGroupsWereNotRead() {
    assertThat(queries.find(POPULATION.caller(), ResourceType.USER, users.get(0), false))
        .map(Found::groups)
        .contains(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "userName eq \"U0\"", "userName sw \"u\"", "externalId eq \"none\""})
  void readsAPageWithTheGroupsOfItsUsers(String filter) {
    List<Found> page = page(filter.isEmpty() ? null : filter, 100, 0);
    assertThat(connections.taken).isEqualTo(1);

    for (Found found : page) {
      assertThat(found.groups()).contains(groups(found.id()));
    }
    assertThat(page)
        .hasSize(filter.contains("none") ? 0 : filter.contains("eq") ? 1 : users.size());
  }

  @Test
  void skipsAndCountsWhatAUniqueKeyFinds() {
    assertThat(page("userName eq \"u0\"", 1, 0)).hasSize(1);
    assertThat(page("userName eq \"u0\"", 1, 1)).isEmpty();
    assertThat(page("userName eq \"u0\"", 0, 0)).isEmpty();
  }

  private List<Found> page(@Nullable String filter, int count, int offset) {
    FilterCondition condition = filter == null ? null : FilterCondition.parse(Shapes.USER, filter);
    ResourceQuery.Selected selected =
        new ResourceQuery.Selected(ResourceType.USER, condition, null);
    return queries
        .find(
            POPULATION.caller(),
            new ResourceQuery(
                List.of(selected), new ResourceQuery.Window(offset, count, null, false), true))
        .resources();
  }

  /** Each statement outside a transaction takes a connection. */
  private static final class CountedConnections extends DelegatingDataSource {
    private int taken;

    CountedConnections(DataSource target) {
      super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
      taken++;
      return super.getConnection();
    }
  }
}
