package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A group of the {@link Company}. */
final class Team {

  final String externalId = UUID.randomUUID().toString();
  final Set<Person> members = new LinkedHashSet<>();
  String name;

  /** The id that the gateway has answered, or null. */
  UUID id;

  /** Who comes and who goes. */
  record Moves(Set<UUID> joined, Set<UUID> left) {

    static Moves joining(Collection<Person> people) {
      return new Moves(ids(people), Set.of());
    }

    static Moves leaving(Collection<Person> people) {
      return new Moves(Set.of(), ids(people));
    }
  }

  Team(String name) {
    this.name = name;
  }

  /** Without members, which are beside it. */
  ObjectNode document() {
    ObjectNode document = Json.object().put("displayName", name);
    document.putArray("schemas").add(Schema.GROUP);
    return document;
  }

  /** Those who can be seen there. */
  Set<UUID> present() {
    return ids(members.stream().filter(it -> !it.deleted).toList());
  }

  static Set<UUID> ids(Collection<Person> people) {
    Set<UUID> ids = new TreeSet<>();
    people.forEach(it -> ids.add(it.id));
    return ids;
  }
}
