package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a PATCH request (RFC 7644 section 3.5.2).
 *
 * @param path null applies {@code value} to the resource itself
 * @param value a missing node when the request had none
 */
public record PatchOperation(Kind kind, @Nullable String path, JsonNode value) {

  public static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  private static final int MAX_OPERATIONS = 1_000;

  /** The three operations. */
  public enum Kind {
    ADD("add"),
    REMOVE("remove"),
    REPLACE("replace");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    static Kind of(JsonNode op) {
      for (Kind kind : values()) {
        if (kind.word.equals(op.textValue())) {
          return kind;
        }
      }
      throw ScimException.invalidSyntax("'op' must be add, remove or replace, not " + op + ".");
    }
  }

  /**
   * Reads a PatchOp message.
   *
   * @throws ScimException 400 invalidSyntax when it is not one
   */
  public static List<PatchOperation> readAll(ObjectNode message) {
    requireSchema(message.path("schemas"));
    if (!(message.get("Operations") instanceof ArrayNode operations)
        || operations.isEmpty()
        || operations.size() > MAX_OPERATIONS) {
      throw ScimException.invalidSyntax(
          "'Operations' must be an array of 1 to " + MAX_OPERATIONS + " operations.");
    }
    List<PatchOperation> all = new ArrayList<>();
    operations.forEach(operation -> all.add(read(operation)));
    return List.copyOf(all);
  }

  private static void requireSchema(JsonNode schemas) {
    for (JsonNode urn : schemas) {
      if (PATCH_OP.equalsIgnoreCase(urn.asText())) {
        return;
      }
    }
    throw ScimException.invalidSyntax("'schemas' must contain " + PATCH_OP + ".");
  }

  static PatchOperation read(JsonNode operation) {
    JsonNode path = operation.path("path");
    if (!path.isTextual() && !path.isNull() && !path.isMissingNode()) {
      throw ScimException.invalidPath("'path' must be a string.");
    }
    return new PatchOperation(
        Kind.of(operation.path("op")), path.textValue(), operation.path("value"));
  }

  public ObjectNode json() {
    ObjectNode json = Json.object().put("op", kind.word);
    if (path != null) {
      json.put("path", path);
    }
    if (!(value instanceof MissingNode)) {
      json.set("value", value);
    }
    return json;
  }
}
