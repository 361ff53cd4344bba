package io.gatehouse.postgres;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.directory.BatchKeys;
import io.gatehouse.directory.BatchKeys.ConnectionKey;
import io.gatehouse.directory.BatchKeys.Id;
import io.gatehouse.directory.BatchKeys.Name;
import io.gatehouse.directory.Person;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A batch finds its users by each kind of key that it has, and by no other. */
class PeopleByKeysTest {

  private static final int IDS = 1;
  private static final int NAMES = 2;
  private static final int EMAILS = 4;
  private static final int EXTERNAL_IDS = 8;
  private static final int RETURNING = 16;

  private final Gateway gateway = Gateway.shared();
  private final JdbcClient jdbc = gateway.bean(JdbcClient.class);
  private final ScimClient idp = gateway.connection("standard");
  private final Caller caller =
      gateway.bean(Connections.class).holder(new BearerToken(idp.token())).orElseThrow().caller();

  private UUID create(String name) {
    ObjectNode user = user(name + "@example.com").put("externalId", "E-" + name);
    return UUID.fromString(idp.create(user).json().path("id").asText());
  }

  private Id id(UUID id) {
    return new Id(caller.tenant(), id);
  }

  private Set<Name> names(String... names) {
    Set<Name> all = new LinkedHashSet<>();
    for (String name : names) {
      all.add(new Name(caller.tenant(), name + "@example.com"));
    }
    return all;
  }

  private Set<UUID> found(BatchKeys.People keys) {
    SqlFragment query = PeopleByKeys.of(keys, true);
    List<Person> people =
        gateway
            .bean(UnitOfWork.class)
            .inTransaction(
                () ->
                    jdbc.sql(query.text())
                        .params(query.parameters())
                        .query(PostgresPeople::person)
                        .list());
    return new TreeSet<>(people.stream().map(Person::id).toList());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {IDS, NAMES, EMAILS, EXTERNAL_IDS, RETURNING, 3, 6, 9, 12, 17, 24, 28, 30, 31})
  void findsTheUsersOfEachKindOfKey(int kinds) {
    UUID byId = create("by-id");
    UUID byName = create("by-name");
    UUID deleted = create("deleted");
    idp.call("DELETE", "/Users/" + deleted, null);
    UUID byExternalId = create("by-external-id");
    UUID unmanaged = create("by-email");
    jdbc.sql("update person set connection_id = null, email_key = ? where id = ?")
        .params("by-email@example.com", unmanaged)
        .update();
    UUID returning = create("returning");

    BatchKeys.People keys =
        new BatchKeys.People(
            has(kinds, IDS) ? Set.of(id(byId)) : Set.of(),
            has(kinds, NAMES) ? names("by-name", "deleted") : Set.of(),
            has(kinds, EMAILS) ? names("by-email") : Set.of(),
            has(kinds, EXTERNAL_IDS)
                ? Set.of(
                    new ConnectionKey(caller.tenant(), caller.connection(), "E-by-external-id"))
                : Set.of(),
            has(kinds, RETURNING) ? Set.of(id(returning)) : Set.of());

    Set<UUID> expected = new TreeSet<>();
    expected.addAll(has(kinds, IDS) ? Set.of(byId) : Set.of());
    expected.addAll(has(kinds, NAMES) ? Set.of(byName, deleted) : Set.of());
    expected.addAll(has(kinds, EMAILS) ? Set.of(unmanaged) : Set.of());
    expected.addAll(has(kinds, EXTERNAL_IDS) ? Set.of(byExternalId) : Set.of());
    expected.addAll(has(kinds, RETURNING) ? Set.of(returning) : Set.of());
    assertThat(found(keys)).isEqualTo(expected);
  }

  private static boolean has(int kinds, int kind) {
    return (kinds & kind) != 0;
  }

  @Test
  void hasThePartForReturningUsersOnlyWhenThereAreSome() {
    Set<Id> one = Set.of(id(UUID.randomUUID()));
    BatchKeys.People usual = new BatchKeys.People(one, Set.of(), Set.of(), Set.of(), Set.of());
    BatchKeys.People returning = new BatchKeys.People(one, Set.of(), Set.of(), Set.of(), one);

    assertThat(PeopleByKeys.of(usual, true).text()).doesNotContain("h.tenant_id");
    assertThat(PeopleByKeys.of(returning, true).text()).contains("h.tenant_id");
  }
}
