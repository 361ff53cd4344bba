package io.gatehouse.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The attributes of a user by which an administrator recognises a person, as one text each. They
 * are stored with a conflict, so they are few and short.
 */
public final class ComparedAttributes {

  private static final int LONGEST = 200;
  private static final int MOST = 5;

  private static final List<String> TEXTS =
      List.of("userName", "externalId", "displayName", "title", "active");

  private static final List<String> LISTS = List.of("emails", "phoneNumbers");

  private ComparedAttributes() {}

  /**
   * The attributes that a SCIM document has.
   *
   * @return path to text; values of a list are separated by commas
   */
  public static ObjectNode of(JsonNode document) {
    ObjectNode found = Json.object();
    TEXTS.forEach(it -> put(found, it, document.path(it)));
    List.of("givenName", "familyName")
        .forEach(it -> put(found, "name." + it, document.path("name").path(it)));
    LISTS.forEach(it -> put(found, it, document.path(it)));
    List.of("employeeNumber", "department")
        .forEach(it -> put(found, it, document.path(Schema.ENTERPRISE_USER).path(it)));
    return found;
  }

  private static void put(ObjectNode to, String name, JsonNode value) {
    String text = value.isArray() ? joined(value) : value.asText("");
    if (!text.isBlank()) {
      to.put(name, text.length() > LONGEST ? cut(text) : text);
    }
  }

  /** PostgreSQL stores no half of a surrogate pair. */
  private static String cut(String text) {
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }

  private static String joined(JsonNode values) {
    return values
        .valueStream()
        .limit(MOST)
        .map(it -> it.path("value").asText(""))
        .collect(Collectors.joining(", "));
  }
}
