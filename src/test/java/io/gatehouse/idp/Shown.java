package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.ScimClient;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Users and groups as the gateway shows them, in a form that can be compared to the letter. */
final class Shown {

  private static final int PAGE = 30;

  private Shown() {}

  /**
   * What must be shown.
   *
   * @param related the members of a group, the groups of a user
   */
  static ObjectNode of(ObjectNode document, int version, Set<UUID> related) {
    document.put("version", "W/\"" + version + "\"");
    related.forEach(it -> document.withArray("related").add(it.toString()));
    return document;
  }

  /** These and no others, on all pages together. */
  static void require(Map<UUID, ObjectNode> expected, ScimClient idp, String collection) {
    Map<UUID, ObjectNode> shown = new TreeMap<>();
    JsonNode page;
    do {
      page =
          idp.call(
                  "GET",
                  "%s?startIndex=%d&count=%d".formatted(collection, shown.size() + 1, PAGE),
                  null)
              .json();
      assertThat(page.path("totalResults").asInt()).isEqualTo(expected.size());
      page.path("Resources").forEach(it -> put(shown, it.deepCopy()));
    } while (!page.path("Resources").isEmpty() && shown.size() < expected.size());
    assertThat(shown.keySet()).isEqualTo(expected.keySet());
    shown.forEach((id, it) -> assertThat(it).as(id.toString()).isEqualTo(expected.get(id)));
  }

  private static void put(Map<UUID, ObjectNode> shown, ObjectNode resource) {
    UUID id = UUID.fromString(resource.remove("id").asText());
    JsonNode meta = resource.remove("meta");
    assertThat(meta.path("location").asText()).endsWith("s/" + id);
    Set<UUID> related = new TreeSet<>();
    for (String name : Set.of("members", "groups")) {
      JsonNode references = resource.remove(name);
      if (references != null) {
        references.forEach(it -> related.add(UUID.fromString(it.path("value").asText())));
      }
    }
    resource.set("version", meta.path("version"));
    related.forEach(it -> resource.withArray("related").add(it.toString()));
    shown.put(id, resource);
  }
}
