package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.Map;

/** A protocol message (RFC 7644 section 3.1), whose names are compared without regard to case. */
public final class ProtocolMessage {

  private final JsonNode json;

  private ProtocolMessage(JsonNode json) {
    this.json = json;
  }

  /** A part of a message. */
  public static ProtocolMessage of(JsonNode json) {
    return new ProtocolMessage(json);
  }

  /**
   * A whole message.
   *
   * @throws ScimException 400 invalidSyntax unless its {@code schemas} contain the URN
   */
  public static ProtocolMessage of(JsonNode json, String urn) {
    ProtocolMessage message = new ProtocolMessage(json);
    for (JsonNode schema : message.get("schemas")) {
      if (urn.equalsIgnoreCase(schema.asText())) {
        return message;
      }
    }
    throw ScimException.invalidSyntax("'schemas' must contain " + urn + ".");
  }

  /** A member, or a missing node; the last one when several have the name. */
  public JsonNode get(String name) {
    String wanted = lower(name);
    JsonNode found = MissingNode.getInstance();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (member.getKey().equals(name) || lower(member.getKey()).equals(wanted)) {
        found = member.getValue();
      }
    }
    return found;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
