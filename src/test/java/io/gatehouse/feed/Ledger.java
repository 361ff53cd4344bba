package io.gatehouse.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Replica;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What one subscriber was sent, in the order in which it came. */
final class Ledger {

  private final Set<String> events = new HashSet<>();
  private final Map<String, List<Long>> versions = new TreeMap<>();
  private final Map<String, String> people = new HashMap<>();
  private final Replica replica = new Replica();
  private int duplicates;

  synchronized void add(JsonNode event) {
    replica.apply(event);
    if (!events.add(event.path("id").asText())) {
      duplicates++;
      return;
    }
    String id = event.at("/data/id").asText();
    long version = event.path("resourceversion").asLong();
    List<Long> came = versions.computeIfAbsent(id, it -> new ArrayList<>());
    boolean part = event.path("type").asText().equals("gatehouse.group.members.changed.v1");
    if (!part || came.isEmpty() || came.get(came.size() - 1) != version) {
      came.add(version);
    }
    if (event.path("data").has("resource")) {
      people.put(id, Store.line(version, event.at("/data/resource")));
    }
  }

  /** The resources whose versions were not 1, 2, 3 and so on, each once. */
  synchronized Map<String, List<Long>> broken() {
    Map<String, List<Long>> broken = new TreeMap<>(versions);
    broken.values().removeIf(Ledger::countsFromOne);
    return broken;
  }

  private static boolean countsFromOne(List<Long> versions) {
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i) != i + 1) {
        return false;
      }
    }
    return true;
  }

  /** The last version of every user and group. */
  synchronized Map<String, Long> latest() {
    Map<String, Long> latest = new TreeMap<>();
    versions.forEach((id, came) -> latest.put(id, came.get(came.size() - 1)));
    return latest;
  }

  /** What these look like in their last event. */
  synchronized Map<String, String> people(Set<String> ids) {
    Map<String, String> seen = new TreeMap<>(people);
    seen.keySet().retainAll(ids);
    return seen;
  }

  /** The active members of a group. */
  synchronized Set<String> members(String group) {
    return replica.members(UUID.fromString(group));
  }

  synchronized int events() {
    return events.size();
  }

  synchronized int duplicates() {
    return duplicates;
  }
}
