package io.gatehouse.support;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeDirectory.Happening;
import io.gatehouse.support.FakeDirectory.State;
import java.util.List;

/**
 * Delta queries of Microsoft Graph. A place is how much of the log was read: {@code
 * from-to-offset}, where {@code from} is {@code all} for a first reading.
 */
final class FakeDelta {

  private final FakeDirectory directory;
  private final FakePages pages;
  private int generation;
  private int status;

  FakeDelta(FakeDirectory directory, FakePages pages) {
    this.directory = directory;
    this.pages = pages;
  }

  /** Takes no place that was given until now. */
  void lose(int answer) {
    generation++;
    status = answer;
  }

  FakeReply answer(String feed, FakeCall call) {
    int end = directory.log.size();
    String delta = call.query().get("$deltatoken");
    if ("latest".equals(delta)) {
      return FakeReply.ok(links(feed, FakeGraph.list(Json.array()), deltaToken(end)));
    }
    if (delta != null && !delta.startsWith(generation + "_")) {
      return FakeGraph.error(
          status, status == 410 ? "resyncRequired" : "syncStateNotFound", "Gone.");
    }
    String skip = call.query().get("$skiptoken");
    String from = delta == null ? "all" : delta.split("_")[1];
    return page(feed, skip == null ? new String[] {from, "" + end, "0"} : skip.split("-"));
  }

  private String deltaToken(int end) {
    return "$deltatoken=" + generation + "_" + end;
  }

  private FakeReply page(String feed, String[] place) {
    int to = Integer.parseInt(place[1]);
    List<String> ids = place[0].equals("all") ? all(feed) : since(feed, place[0], to);
    FakePages.Page<String> page = pages.cut(ids, Integer.parseInt(place[2]), null);
    ArrayNode items = Json.array();
    page.items().forEach(it -> items.add(item(feed, it)));
    return FakeReply.ok(
        links(
            feed,
            FakeGraph.list(items),
            page.isLast()
                ? deltaToken(to)
                : "$skiptoken=" + place[0] + "-" + to + "-" + page.end()));
  }

  private ObjectNode links(String feed, ObjectNode json, String place) {
    String name = place.startsWith("$skip") ? "@odata.nextLink" : "@odata.deltaLink";
    return json.put(name, pages.base() + "/v1.0/" + feed + "/delta?" + place);
  }

  private List<String> all(String feed) {
    return feed.equals("users")
        ? directory.present(directory.users.keySet())
        : List.copyOf(directory.groups.keySet());
  }

  private List<String> since(String feed, String from, int to) {
    return directory.log.subList(Integer.parseInt(from), to).stream()
        .filter(it -> isOf(feed, it))
        .map(it -> feed.equals("users") ? it.user() : it.container())
        .distinct()
        .toList();
  }

  private static boolean isOf(String feed, Happening it) {
    return it.what().name().startsWith("USER_")
        ? feed.equals("users")
        : feed.equals("groups") && !it.what().name().startsWith("APP_");
  }

  private ObjectNode item(String feed, String id) {
    ObjectNode item = Json.object().put("id", id);
    boolean user = feed.equals("users");
    if (user && directory.users.get(id).state() == State.DELETED) {
      item.putObject("@removed").put("reason", "changed");
    } else if (!user && !directory.groups.containsKey(id)) {
      item.putObject("@removed").put("reason", "deleted");
    }
    return item;
  }
}
