package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a downstream system knows that does as it is told: it takes a newer version of a user or
 * group and ignores an older one.
 */
public final class Replica {

  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, String> seen = new HashMap<>();
  private final Map<String, String> users = new TreeMap<>();
  private final Map<String, Set<String>> members = new HashMap<>();
  private boolean bootstrapped;

  public void apply(JsonNode event) {
    String type = event.path("type").asText();
    if (type.equals("gatehouse.feed.bootstrap.completed.v1")) {
      bootstrapped = true;
      dropWhatWasNotIn(event.path("sequence").asText());
      return;
    }
    String id = event.at("/data/id").asText();
    seen.merge(id, event.path("sequence").asText(), (a, b) -> a.compareTo(b) > 0 ? a : b);
    long version = event.path("resourceversion").asLong();
    long known = versions.getOrDefault(id, 0L);
    boolean part = type.equals("gatehouse.group.members.changed.v1");
    if (version < known || (version == known && !part)) {
      return;
    }
    versions.put(id, version);
    if (part) {
      move(id, event.at("/data/members"));
    } else if (type.startsWith("gatehouse.group.")) {
      group(id, type);
    } else {
      user(id, event);
    }
  }

  /** A snapshot has the sequence of the marker, and whatever is newer a greater one. */
  private void dropWhatWasNotIn(String snapshot) {
    for (String id : Set.copyOf(versions.keySet())) {
      if (seen.get(id).compareTo(snapshot) < 0) {
        versions.remove(id);
        users.remove(id);
        members.remove(id);
      }
    }
  }

  private void group(String id, String type) {
    if (type.equals("gatehouse.group.deleted.v1")) {
      members.remove(id);
    } else if (type.equals("gatehouse.group.snapshot.v1")) {
      members.put(id, new TreeSet<>());
    } else {
      members.computeIfAbsent(id, it -> new TreeSet<>());
    }
  }

  private void move(String group, JsonNode moved) {
    Set<String> known = members.computeIfAbsent(group, it -> new TreeSet<>());
    moved.path("added").forEach(it -> known.add(it.asText()));
    moved.path("removed").forEach(it -> known.remove(it.asText()));
  }

  private void user(String id, JsonNode event) {
    if (event.at("/data/lifecycle/state").asText().equals("active")) {
      users.put(id, event.path("resourceversion").asText());
    } else {
      users.remove(id);
    }
  }

  /** The active users with their versions. */
  public Map<String, String> users() {
    return users;
  }

  /** The members of a group, those who have left not counted. */
  public Set<String> members(UUID group) {
    Set<String> shown = new TreeSet<>(members.getOrDefault(group.toString(), Set.of()));
    shown.retainAll(users.keySet());
    return shown;
  }

  /** The groups that have not been deleted. */
  public Set<String> groups() {
    return members.keySet();
  }

  public boolean bootstrapped() {
    return bootstrapped;
  }
}
