package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The size limits of a resource. A larger stored resource may stay as it is or shrink, so that a
 * limit never blocks a deactivation. Members of a group are rows, and limited only by the size of a
 * request.
 */
final class ResourceLimits {

  /** The largest number of values of one multi-valued attribute. */
  static final int MAX_VALUES = 1_000;

  /** The largest size of the resource as JSON, in bytes. */
  static final int MAX_BYTES = 512 * 1024;

  private static final String MEMBERS = "members";

  /** A character is at most six bytes of JSON; a value has few more around it. */
  private static final int BYTES_PER_CHARACTER = 6;

  private static final int AROUND = 8;

  /** The indexed attributes, by type of resource. */
  private static final List<String> INDEXED_OF_USER = List.of("userName", "externalId");

  private static final List<String> INDEXED_OF_GROUP = List.of("displayName", "externalId");

  private final boolean group;

  private ResourceLimits(ResourceType type) {
    this.group = type == ResourceType.GROUP;
  }

  /**
   * Checks a resource against the limits.
   *
   * @param before the resource as it was; a missing node when it is new
   * @throws ScimException 400 invalidValue when a key is too long, 400 tooMany when an attribute
   *     has too many values or the whole is too large, and was not so before
   */
  static void require(ResourceType type, JsonNode before, ObjectNode after) {
    new ResourceLimits(type).require(before, after);
  }

  private void require(JsonNode before, ObjectNode after) {
    for (String name : group ? INDEXED_OF_GROUP : INDEXED_OF_USER) {
      requireIndexable(name, before.path(name), after.path(name));
    }
    for (Map.Entry<String, JsonNode> member : after.properties()) {
      if (!isRows(member.getKey())) {
        requireFew(member.getKey(), before.path(member.getKey()), member.getValue());
      }
    }
    if (!group) {
      requireAddresses(before.path("emails"), after.path("emails"));
    }
    if (isLarge(after) && bytes(after) > Math.max(MAX_BYTES, bytes(before))) {
      throw ScimException.tooMany(
          "The resource would have more than " + MAX_BYTES + " bytes as JSON.");
    }
  }

  private boolean isRows(String name) {
    return group && name.equals(MEMBERS);
  }

  private static void requireIndexable(String name, JsonNode before, JsonNode after) {
    if (!after.equals(before)) {
      IndexedText.require(name, after.textValue());
    }
  }

  private static void requireAddresses(JsonNode before, JsonNode after) {
    if (!after.equals(before)) {
      after.forEach(it -> IndexedText.require("emails.value", Json.text(it, "value")));
    }
  }

  private static void requireFew(String name, JsonNode before, JsonNode after) {
    if (after.isArray() && after.size() > Math.max(MAX_VALUES, before.size())) {
      throw ScimException.tooMany(
          "'%s' would have %d values; at most %d are kept."
              .formatted(name, after.size(), MAX_VALUES));
    }
    if (after.isArray()) {
      for (int i = 0; i < after.size(); i++) {
        requireFew(name, before.path(i), after.path(i));
      }
    }
    for (Map.Entry<String, JsonNode> member : after.properties()) {
      requireFew(member.getKey(), before.path(member.getKey()), member.getValue());
    }
  }

  /** Whether the resource may be too large; this estimate is cheaper than serialising it. */
  private boolean isLarge(ObjectNode resource) {
    long most = 0;
    for (Map.Entry<String, JsonNode> member : resource.properties()) {
      most += isRows(member.getKey()) ? 0 : atMost(member.getKey(), member.getValue());
    }
    return most > MAX_BYTES;
  }

  private static long atMost(String name, JsonNode value) {
    long length = name.length();
    if (value.isTextual()) {
      length += value.textValue().length();
    } else if (value.isNumber()) {
      length += value.asText().length();
    }
    long most = AROUND + BYTES_PER_CHARACTER * length;
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      most += atMost(member.getKey(), member.getValue());
    }
    if (value.isArray()) {
      for (JsonNode element : value) {
        most += atMost("", element);
      }
    }
    return most;
  }

  private long bytes(JsonNode resource) {
    long bytes = 0;
    for (Map.Entry<String, JsonNode> member : resource.properties()) {
      if (!isRows(member.getKey())) {
        bytes += Json.text(member.getValue()).getBytes(StandardCharsets.UTF_8).length;
        bytes += member.getKey().length() + AROUND;
      }
    }
    return bytes;
  }
}
