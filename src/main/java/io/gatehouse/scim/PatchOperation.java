package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** The largest number of comparisons in the filters of all paths of a request. */
  private static final int MAX_TERMS = 10_000;

  private static final String ACTIVE = "active";

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
   * @throws ScimException 400 invalidSyntax when it is no PatchOp, tooMany when it has too many
   *     operations
   */
  public static List<PatchOperation> readAll(ObjectNode message) {
    if (!(ProtocolMessage.of(message, PATCH_OP).get("Operations") instanceof ArrayNode operations)
        || operations.isEmpty()) {
      throw ScimException.invalidSyntax("'Operations' must be an array of operations.");
    }
    if (operations.size() > MAX_OPERATIONS) {
      throw ScimException.tooMany("The request has more than " + MAX_OPERATIONS + " operations.");
    }
    List<PatchOperation> all = new ArrayList<>();
    operations.forEach(operation -> all.add(read(operation)));
    return List.copyOf(all);
  }

  /**
   * Reads one operation.
   *
   * @throws ScimException 400 when it is invalid
   */
  public static PatchOperation read(JsonNode json) {
    ProtocolMessage operation = ProtocolMessage.of(json);
    JsonNode path = operation.get("path");
    if (!path.isTextual() && !path.isNull() && !path.isMissingNode()) {
      throw ScimException.invalidPath("'path' must be a string.");
    }
    return new PatchOperation(
        Kind.of(operation.get("op")), path.textValue(), operation.get("value"));
  }

  /**
   * Checks that each path, or each name in a value without a path, names something.
   *
   * @throws ScimException 400 invalidPath or invalidFilter, tooMany when the filters have too many
   *     comparisons
   */
  public static void check(List<PatchOperation> operations, ResourceDefinition definition) {
    int terms = 0;
    for (PatchOperation operation : operations) {
      terms += operation.terms(definition);
      if (terms > MAX_TERMS) {
        throw ScimException.tooMany(
            "The paths of the request have more than " + MAX_TERMS + " comparisons.");
      }
    }
  }

  private int terms(ResourceDefinition definition) {
    if (path == null) {
      value.fieldNames().forEachRemaining(name -> AttributePath.parse(definition, name));
      return 0;
    }
    FilterCondition filter = AttributePath.parse(definition, path).filter();
    return filter == null ? 0 : filter.comparisons();
  }

  /**
   * The operation without undefined names in its value: POST and PUT ignore them, too (RFC 7644
   * section 3.3). The members of a container with the core URN move to the resource. A value with
   * undefined names only stays, and is refused.
   */
  public PatchOperation known(ResourceDefinition definition) {
    boolean container = path != null && definition.defined(path).isPresent();
    if (!(value instanceof ObjectNode members) || (path != null && !container)) {
      return this;
    }
    ObjectNode known = known(definition, container ? path + ":" : "", members);
    return known.isEmpty() ? this : new PatchOperation(kind, path, known);
  }

  private static ObjectNode known(
      ResourceDefinition definition, String prefix, ObjectNode members) {
    ObjectNode known = Json.object();
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      String name = prefix + member.getKey();
      JsonNode value = member.getValue();
      if (definition.isCore(name) && value instanceof ObjectNode core) {
        known(definition, "", core).properties().forEach(it -> put(known, it));
      } else if (definition.defined(name).isPresent() && value instanceof ObjectNode container) {
        ObjectNode inside = known(definition, name + ":", container);
        known.set(member.getKey(), inside.isEmpty() ? container : inside);
      } else if (!AttributePath.isUnknownName(definition, name)) {
        put(known, member);
      }
    }
    return known;
  }

  private static void put(ObjectNode known, Map.Entry<String, JsonNode> member) {
    if (!ProtocolMessage.of(known).get(member.getKey()).isMissingNode()) {
      throw ScimException.invalidValue("'" + member.getKey() + "' is there twice.");
    }
    known.set(member.getKey(), member.getValue());
  }

  /** Whether it sets {@code active} to false. */
  public boolean deactivates() {
    JsonNode active =
        path == null
            ? ProtocolMessage.of(value).get(ACTIVE)
            : names(path, ACTIVE) ? value : MissingNode.getInstance();
    return active.isBoolean() && !active.booleanValue();
  }

  /** Splits an operation without a path into one for each member of its value. */
  List<PatchOperation> parts() {
    if (path != null || !value.isObject()) {
      return List.of(this);
    }
    return value.properties().stream()
        .map(it -> new PatchOperation(kind, null, Json.object().set(it.getKey(), it.getValue())))
        .toList();
  }

  /** Whether a path, qualified or not, names this attribute of the core schema. */
  public static boolean names(String path, String attribute) {
    return path.substring(path.lastIndexOf(':') + 1).strip().equalsIgnoreCase(attribute);
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
