package io.gatehouse.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.command.TraceParent;
import io.gatehouse.scim.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The content of a change: the state after it, and the differences. */
public final class ChangeData {

  private static final Set<String> NOT_COMPARED = Set.of("schemas");

  private ChangeData() {}

  /**
   * The JSON that is stored in the log.
   *
   * @param before null when the resource is new; the state is then the whole change
   */
  public static ObjectNode of(Envelope cause, @Nullable Snapshot before, Snapshot after) {
    ObjectNode data = Json.object().put("previousVersion", after.version() - 1);
    data.set("origin", origin(cause));
    trace(cause, data);
    data.set(
        "changes",
        before == null ? Json.array() : differences(before.document(), after.document()));
    return data.set("resource", after.document());
  }

  /** The present state, without a command that caused it. */
  public static ObjectNode snapshot(ObjectNode state) {
    ObjectNode data = Json.object();
    data.putObject("origin").put("channel", "bootstrap");
    return data.set("resource", state);
  }

  /** The content of an erasure: the version and the origin, without personal data. */
  public static ObjectNode erased(Envelope cause, long version) {
    ObjectNode data = Json.object().put("previousVersion", version - 1);
    data.set("origin", origin(cause));
    trace(cause, data);
    data.putObject("lifecycle").put("state", "erased");
    return data;
  }

  private static void trace(Envelope cause, ObjectNode data) {
    String traceparent = cause.traceparent();
    if (traceparent != null) {
      data.put(TraceParent.NAME, traceparent);
    }
  }

  private static ObjectNode origin(Envelope cause) {
    Caller caller = cause.caller();
    ObjectNode origin = Json.object();
    if (caller.isConnection()) {
      EventOrigin source = cause.trace().source();
      origin.put("channel", source == null ? "scim" : source.channel()).put("idp", caller.actor());
      origin.put("connection", caller.requireConnection().toString());
      if (source != null && source.eventId() != null) {
        origin.put("eventId", source.eventId());
      }
    } else {
      origin.put("channel", caller.kind());
    }
    return origin.put("command", cause.id().toString());
  }

  /**
   * Adds the lifecycle state of a user.
   *
   * @param purgeAfter when the data may be erased, or null while the user is active
   */
  public static void lifecycle(
      ObjectNode data, String state, @Nullable Instant purgeAfter, boolean enrolled) {
    ObjectNode lifecycle = data.putObject("lifecycle");
    lifecycle.put("state", state).put("enrolled", enrolled);
    if (purgeAfter != null) {
      lifecycle.put("purgeAfter", purgeAfter.toString());
    }
  }

  /** Adds who joined a group and who left it, as ids. */
  public static void members(ObjectNode data, Collection<UUID> joined, Collection<UUID> left) {
    if (!joined.isEmpty() || !left.isEmpty()) {
      ObjectNode members = data.putObject("members");
      ids(members.putArray("added"), joined);
      ids(members.putArray("removed"), left);
    }
  }

  private static void ids(ArrayNode to, Collection<UUID> ids) {
    ids.forEach(id -> to.add(id.toString()));
  }

  /**
   * Every attribute that differs; sub-attributes of complex attributes and of extensions one by
   * one.
   */
  static ArrayNode differences(ObjectNode before, ObjectNode after) {
    ArrayNode differences = Json.array();
    compare(differences, "", before, after);
    return differences;
  }

  private static void compare(ArrayNode to, String prefix, JsonNode before, JsonNode after) {
    for (String name : names(before, after)) {
      JsonNode old = before.path(name);
      JsonNode current = after.path(name);
      if (old.isObject() && current.isObject()) {
        compare(to, prefix + name + (name.startsWith("urn:") ? ":" : "."), old, current);
      } else if (!old.equals(current)) {
        to.add(difference(prefix + name, old, current));
      }
    }
  }

  private static Set<String> names(JsonNode before, JsonNode after) {
    Set<String> names = new TreeSet<>();
    before.properties().stream().map(Map.Entry::getKey).forEach(names::add);
    after.properties().stream().map(Map.Entry::getKey).forEach(names::add);
    names.removeAll(NOT_COMPARED);
    return names;
  }

  private static ObjectNode difference(String path, JsonNode old, JsonNode current) {
    ObjectNode difference = Json.object().put("path", path);
    if (old.isMissingNode()) {
      return difference.put("op", "add").set("new", current);
    }
    if (current.isMissingNode()) {
      return difference.put("op", "remove").set("old", old);
    }
    difference.put("op", "replace").set("old", old);
    return difference.set("new", current);
  }
}
