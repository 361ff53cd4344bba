package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.directory.Group;
import io.gatehouse.directory.LifecycleState;
import io.gatehouse.directory.Person;
import io.gatehouse.directory.Provenance;
import io.gatehouse.scim.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Users and groups of one connection, by what their IdP calls them. */
final class FakeIdentities implements IdpIdentities {

  private final Map<String, Person> people = new HashMap<>();
  private final Map<String, Group> groups = new HashMap<>();
  private final Map<String, Group> unclaimed = new HashMap<>();
  private final Map<UUID, List<String>> members = new HashMap<>();

  /**
   * A user with the attributes that {@link FakeIdp#user} has.
   *
   * @param known when the IdP has last changed the user, as far as is known
   */
  Person person(String idpId, boolean active, Instant known) {
    return put(idpId, LifecycleState.NEW, active, known);
  }

  /** A user whom the IdP has deleted. */
  Person deleted(String idpId, Instant known) {
    Instant then = Instant.EPOCH;
    return put(idpId, new LifecycleState(then, then, then, null, null), false, known);
  }

  private Person put(String idpId, LifecycleState state, boolean active, Instant known) {
    ObjectNode document =
        Json.object()
            .put("userName", idpId + "@example.com")
            .put("externalId", "ext-" + idpId)
            .put("active", active);
    Person person =
        new Person(
            new UUID(0, 2),
            UUID.nameUUIDFromBytes(idpId.getBytes()),
            new UUID(0, 1),
            4,
            Instant.EPOCH,
            Instant.EPOCH,
            state,
            new Provenance(idpId, known),
            document);
    people.put(idpId, person);
    return person;
  }

  /** A group that is known by its id at the IdP. */
  Group group(String idpId, String name, String... of) {
    Group group = named(name, of);
    groups.put(idpId, group);
    return group;
  }

  /** A group whose id at the IdP is not known. */
  Group named(String name, String... of) {
    Group group =
        new Group(
            new UUID(0, 2),
            UUID.nameUUIDFromBytes(name.getBytes()),
            new UUID(0, 1),
            6,
            Instant.EPOCH,
            Instant.EPOCH,
            Json.object().put("displayName", name));
    unclaimed.put(name, group);
    members.put(group.id(), List.of(of));
    return group;
  }

  @Override
  public Optional<Person> person(Caller caller, String idpId, String login) {
    return Optional.ofNullable(people.get(idpId))
        .or(() -> people.values().stream().filter(it -> it.userName().equals(login)).findFirst());
  }

  @Override
  public Optional<Group> group(Caller caller, String idpId) {
    return Optional.ofNullable(groups.get(idpId));
  }

  @Override
  public Optional<Group> adopt(Caller caller, String idpId, String displayName) {
    Optional<Group> found = Optional.ofNullable(unclaimed.get(displayName));
    found.ifPresent(it -> groups.put(idpId, it));
    return found;
  }

  @Override
  public Map<String, UUID> people(Caller caller, Collection<String> idpIds) {
    Map<String, UUID> found = new HashMap<>();
    for (String id : idpIds) {
      Person person = people.get(id);
      if (person != null && !person.lifecycle().hidden()) {
        found.put(id, person.id());
      }
    }
    return found;
  }

  @Override
  public Map<String, UUID> members(Caller caller, UUID group) {
    return people(caller, members.getOrDefault(group, List.of()));
  }
}
