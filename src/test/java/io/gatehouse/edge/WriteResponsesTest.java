package io.gatehouse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.GroupName;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.directory.ResourceQueries;
import io.gatehouse.directory.ResourceQueries.Reference;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.ScimRequests;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The answer to a write, and what is read for it. */
class WriteResponsesTest {

  private final UUID id = new UUID(7, 7);
  private final UUID other = new UUID(8, 8);
  private final List<String> queries = new ArrayList<>();
  private final WriteResponses unit = new WriteResponses(resourceQueries());

  @Test
  void readsNothingForANewUser() {
    ScimResponse answer = answer(ResourceType.USER, ScimClient.user("ada"), id);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("userName").asText()).isEqualTo("ada");
    assertThat(answer.body().has("groups")).isFalse();
    assertThat(queries).isEmpty();
  }

  @Test
  void readsNothingForANewGroupWithoutMembers() {
    ScimResponse answer = answer(ResourceType.GROUP, ScimClient.group("Engines"), id);

    assertThat(answer.body().path("members").isArray()).isTrue();
    assertThat(answer.body().path("members")).isEmpty();
    assertThat(queries).isEmpty();
  }

  @Test
  void readsTheMembersOfANewGroup() {
    ScimResponse answer = answer(ResourceType.GROUP, ScimClient.group("Engines", other), id);

    assertThat(answer.body().at("/members/0/display").asText()).isEqualTo("Ada");
    assertThat(queries).containsExactly("members");
  }

  /** It may be a user who was restored or linked, or the answer to an earlier request. */
  @Test
  void readsTheGroupsOfAUserWithAnotherId() {
    ScimResponse answer = answer(ResourceType.USER, ScimClient.user("ada"), other);

    assertThat(answer.body().at("/groups/0/display").asText()).isEqualTo("Ada");
    assertThat(queries).containsExactly("groups");
  }

  @Test
  void readsTheGroupsOfAChangedUserUnlessTheOutcomeHasThem() {
    assertThat(updated(Optional.empty())).containsExactly("Ada");
    assertThat(queries).containsExactly("groups");
    queries.clear();

    assertThat(updated(Optional.of(List.of()))).isEmpty();
    assertThat(updated(Optional.of(List.of(new GroupName(other, "Engines")))))
        .containsExactly("Engines");
    assertThat(queries).isEmpty();
  }

  private List<String> updated(Optional<List<GroupName>> groups) {
    ObjectNode user = ScimClient.user("ada");
    Command command = new Command.Modify(ResourceType.USER, id, List.of(), Leeway.NONE, null);
    Snapshot snapshot = new Snapshot(ResourceType.USER, id, 2, Instant.EPOCH, Instant.EPOCH, user);
    return unit.to(
            ScimRequests.of("standard", "PATCH", "Users/" + id, ScimClient.user("ada")),
            command,
            new Outcome.Updated(snapshot, groups))
        .body()
        .path("groups")
        .findValuesAsText("display");
  }

  private ScimResponse answer(ResourceType type, ObjectNode resource, UUID target) {
    Command command = new Command.Create(type, target, resource, Leeway.NONE);
    ObjectNode document = resource.deepCopy();
    document.remove("members");
    Snapshot snapshot = new Snapshot(type, id, 1, Instant.EPOCH, Instant.EPOCH, document);
    return unit.to(request(type, resource), command, new Outcome.Created(snapshot));
  }

  private static ScimRequest request(ResourceType type, ObjectNode body) {
    return ScimRequests.of("standard", "POST", type.endpoint(), body);
  }

  /** Every group has the member Ada, and every user is in a group of that name. */
  private ResourceQueries resourceQueries() {
    return (ResourceQueries)
        Proxy.newProxyInstance(
            ResourceQueries.class.getClassLoader(),
            new Class<?>[] {ResourceQueries.class},
            (proxy, method, arguments) -> {
              Collection<?> asked = (Collection<?>) arguments[1];
              boolean members = method.getName().equals("members");
              if (asked.isEmpty()) {
                return members ? Optional.of(Map.of()) : Map.of();
              }
              queries.add(members ? "members" : "groups");
              Map<UUID, List<Reference>> ada =
                  Map.of(id, List.of(new Reference(other, ResourceType.USER, "Ada")));
              return members ? Optional.of(ada) : ada;
            });
  }
}
