package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.idp.Team.Moves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** All that a subscriber must hear, written down for each resource while it happens. */
final class Journal {

  private static final Moves NOBODY = new Moves(Set.of(), Set.of());

  private final Map<String, List<Heard>> expected = new ConcurrentHashMap<>();

  /** One event: what has happened, and all that is different. */
  private record Heard(
      String type, int version, Set<String> paths, Moves moves, JsonNode resource) {

    static Heard of(ObjectNode event) {
      JsonNode data = event.path("data");
      return new Heard(
          event.path("type").asText().replaceAll("gatehouse\\.\\w+\\.(.*)\\.v1", "$1"),
          event.path("resourceversion").asInt(),
          new TreeSet<>(data.path("changes").findValuesAsText("path")),
          new Moves(ids(data.at("/members/added")), ids(data.at("/members/removed"))),
          data.path("resource"));
    }

    private static Set<UUID> ids(JsonNode listed) {
      Set<UUID> ids = new TreeSet<>();
      listed.forEach(it -> ids.add(UUID.fromString(it.asText())));
      return ids;
    }
  }

  /** The next version of a resource, with the paths of what has changed. */
  void expect(String subject, String type, ObjectNode resource, String... paths) {
    add(subject, type, resource, Set.of(paths), NOBODY);
  }

  /** The next version of a group, with who came and went. */
  void expect(String subject, Moves moves, ObjectNode resource) {
    add(subject, "members.changed", resource, Set.of(), moves);
  }

  private void add(
      String subject, String type, ObjectNode resource, Set<String> paths, Moves moves) {
    List<Heard> all = expected.computeIfAbsent(subject, it -> new ArrayList<>());
    all.add(new Heard(type, all.size() + 1, paths, moves, resource));
  }

  int version(String subject) {
    return expected.get(subject).size();
  }

  /** These and no others, each resource in its order, each event once. */
  void requireHeard(List<ObjectNode> events) {
    Map<String, List<Heard>> heard =
        events.stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.path("subject").asText(),
                    TreeMap::new,
                    Collectors.mapping(Heard::of, Collectors.toList())));
    assertThat(heard.keySet()).isEqualTo(expected.keySet());
    heard.forEach((subject, all) -> assertThat(all).as(subject).isEqualTo(expected.get(subject)));
    assertThat(events).extracting(it -> it.path("id").asText()).doesNotHaveDuplicates();
    assertThat(events)
        .extracting(it -> it.path("sequence").asText())
        .doesNotHaveDuplicates()
        .isSorted();
  }
}
