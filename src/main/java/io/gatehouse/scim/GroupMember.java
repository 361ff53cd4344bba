package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member in a request (RFC 7643 section 4.2).
 *
 * @param value the id of a user or a group
 * @param display the display name from the client, or null
 */
public record GroupMember(String value, @Nullable String display) {

  private static final Attribute MEMBERS =
      ResourceType.GROUP.core().attribute("members").orElseThrow();

  /**
   * Reads one member or an array of them. null, an empty array and an absent value are an empty
   * list. An element without a value is refused: as an empty list it would empty the group.
   *
   * @throws ScimException 400 invalidValue when one has no {@code value}
   */
  public static List<GroupMember> list(JsonNode members) {
    List<GroupMember> list = new ArrayList<>();
    if (!members.isMissingNode() && !Json.isNothing(members)) {
      ArrayNode canonical = (ArrayNode) CanonicalValues.canonical(MEMBERS, Patch.arrayOf(members));
      canonical.forEach(it -> list.add(one(it)));
    }
    return List.copyOf(list);
  }

  private static GroupMember one(JsonNode member) {
    String value = Json.text(member, "value");
    if (value == null || value.isBlank()) {
      throw ScimException.invalidValue("A member needs a 'value', the id of a user or a group.");
    }
    return new GroupMember(value, Json.text(member, "display"));
  }
}
