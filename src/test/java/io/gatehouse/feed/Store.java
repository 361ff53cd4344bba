package io.gatehouse.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The truth, as the gateway tells it to whoever asks.
 *
 * @param versions of every user and group, those who have left included
 * @param people how each user looks that SCIM shows
 * @param members of each group, as far as they are active
 */
record Store(
    Map<String, Long> versions, Map<String, String> people, Map<String, Set<String>> members) {

  static Store of(List<ScimClient> idps) {
    Store store = new Store(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    Set<String> active = store.readEverybody(idps.get(0));
    for (ScimClient idp : idps) {
      pages(idp, "/Users", it -> store.people.put(id(it), line(version(it), it)));
      pages(idp, "/Groups", it -> store.addGroup(it, active));
    }
    return store;
  }

  private Set<String> readEverybody(ScimClient idp) {
    Set<String> active = new TreeSet<>();
    String cursor = "";
    do {
      String path = "/users?count=200&tenant=" + idp.tenant() + cursor;
      JsonNode page = idp.gateway().admin("GET", path, null).json();
      for (JsonNode user : page.path("users")) {
        versions.put(id(user), user.path("version").asLong());
        if (user.path("state").asText().equals("active")) {
          active.add(id(user));
        }
      }
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return active;
  }

  private void addGroup(JsonNode group, Set<String> active) {
    versions.put(id(group), version(group));
    Set<String> shown = new TreeSet<>();
    group.path("members").forEach(it -> shown.add(it.path("value").asText()));
    shown.retainAll(active);
    members.put(id(group), shown);
  }

  private static void pages(ScimClient idp, String collection, Consumer<JsonNode> reader) {
    int read = 0;
    int total;
    do {
      String path = collection + "?count=200&startIndex=" + (read + 1);
      JsonNode page = idp.call("GET", path, null).json();
      total = page.path("totalResults").asInt();
      read += page.path("Resources").size();
      page.path("Resources").forEach(reader);
    } while (read < total);
  }

  /** What must be the same here and there. */
  static String line(long version, JsonNode user) {
    return version + " " + user.path("userName").asText() + " " + user.path("title").asText();
  }

  private static String id(JsonNode resource) {
    return resource.path("id").asText();
  }

  /** The number of an ETag such as {@code W/"7"}. */
  private static long version(JsonNode resource) {
    return Long.parseLong(resource.at("/meta/version").asText().replaceAll("\\D", ""));
  }
}
