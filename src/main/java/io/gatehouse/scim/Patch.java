package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Applies PATCH operations to a document, all or none (RFC 7644 section 3.5.2). */
public final class Patch {

  private static final Attribute ACTIVE =
      ResourceType.USER.core().attribute("active").orElseThrow();

  private final ResourceDefinition definition;
  private final ObjectNode document;
  private final WorkBudget budget;

  private Patch(ResourceDefinition definition, ObjectNode document, WorkBudget budget) {
    this.definition = definition;
    this.document = document;
    this.budget = budget;
  }

  /**
   * Applies the operations in order.
   *
   * @param before is not changed
   * @return the document after all operations, complete and valid
   * @throws ScimException 400 with the scimType of the first operation that fails; tooMany when the
   *     operations need too much work, or the result is too large
   */
  public static ObjectNode apply(
      ResourceDefinition definition, ObjectNode before, List<PatchOperation> operations) {
    return apply(definition, before, operations, new WorkBudget());
  }

  /** Applies the operations within a work budget that is shared with other steps. */
  static ObjectNode apply(
      ResourceDefinition definition,
      ObjectNode before,
      List<PatchOperation> operations,
      WorkBudget budget) {
    Patch patch = new Patch(definition, before.deepCopy(), budget);
    operations.forEach(patch::apply);
    return new ResourceReader(definition).complete(before, patch.document);
  }

  private void apply(PatchOperation operation) {
    String path = operation.path();
    if (path != null) {
      apply(operation.kind(), AttributePath.parse(definition, path), operation.value());
    } else if (operation.kind() == PatchOperation.Kind.REMOVE) {
      throw ScimException.noTarget("A remove operation needs a path.");
    } else {
      applyToResource(operation.kind(), operation.value());
    }
  }

  /**
   * Applies an operation without a path: the value is a partial resource. Read-only members are
   * ignored as in PUT.
   */
  private void applyToResource(PatchOperation.Kind kind, JsonNode value) {
    if (!value.isObject()) {
      throw ScimException.invalidValue("Without a path, 'value' must be an object of attributes.");
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      if (!member.getKey().equalsIgnoreCase("schemas")) {
        AttributePath path = AttributePath.parse(definition, member.getKey());
        Attribute attribute = path.attribute();
        if (isUndefinedExtension(attribute, member.getValue())) {
          applyToExtension(kind, member.getKey(), member.getValue());
        } else if (attribute == null || !attribute.readOnly()) {
          apply(kind, path, member.getValue());
        }
      }
    }
  }

  /** Whether a name is an undefined extension: an unknown URN with an object, as in POST. */
  private static boolean isUndefinedExtension(@Nullable Attribute attribute, JsonNode value) {
    return attribute != null && attribute.type() == Attribute.Type.ANY && value.isObject();
  }

  private void apply(PatchOperation.Kind kind, AttributePath path, JsonNode value) {
    if (kind != PatchOperation.Kind.REMOVE && value.isMissingNode()) {
      throw ScimException.invalidValue("An add or replace operation needs a 'value'.");
    }
    Attribute attribute = path.attribute();
    if (attribute == null) {
      applyToExtension(kind, Objects.requireNonNull(path.extension()), value);
      return;
    }
    if (path.extension() == null && attribute.name().equals("schemas")) {
      applyToSchemas(kind, value);
      return;
    }
    refuseReadOnly(attribute, path.sub());
    if (path.extension() == null && attribute.equals(ACTIVE)) {
      requireEither(kind, value);
    }
    if (attribute.mutability() == Attribute.Mutability.WRITEONLY) {
      return;
    }
    ObjectNode parent = container(path.extension());
    new PatchTarget(parent, attribute, path.filter(), path.sub()).apply(kind, value, budget);
    removeIfEmpty(path.extension());
  }

  /**
   * Refuses the removal of {@code active}, and an equivalent value: a user is active or inactive.
   */
  private static void requireEither(PatchOperation.Kind kind, JsonNode value) {
    if (kind == PatchOperation.Kind.REMOVE) {
      throw ScimException.mutability("'active' cannot be removed; replace it with false.");
    }
    if (Json.unassigned(value)) {
      throw ScimException.invalidValue("'active' must be true or false.");
    }
  }

  private void applyToExtension(PatchOperation.Kind kind, String urn, JsonNode value) {
    if (kind == PatchOperation.Kind.ADD && Json.unassigned(value)) {
      return;
    }
    if (kind == PatchOperation.Kind.REMOVE || Json.isNothing(value)) {
      document.remove(urn);
      return;
    }
    if (!value.isObject()) {
      throw ScimException.invalidValue("'" + urn + "' must be an object.");
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      apply(kind, AttributePath.parse(definition, urn + ":" + member.getKey()), member.getValue());
    }
  }

  /**
   * Applies an operation on {@code schemas}. An extension that is no longer listed loses its data.
   * A listed one exists as soon as it has data (checklist S12).
   */
  private void applyToSchemas(PatchOperation.Kind kind, JsonNode value) {
    Set<String> listed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (JsonNode urn : Json.unassigned(value) ? Json.array() : arrayOf(value)) {
      if (!definition.isCore(urn.asText()) && definition.extension(urn.asText()).isEmpty()) {
        throw ScimException.invalidValue(FilterTokens.shown(urn.asText()) + " is no schema here.");
      }
      listed.add(urn.asText());
    }
    boolean removal = kind == PatchOperation.Kind.REMOVE;
    boolean all = removal && listed.isEmpty();
    boolean core = removal == listed.contains(definition.core().urn());
    if (kind != PatchOperation.Kind.ADD && (all || core)) {
      throw ScimException.mutability("'schemas' must contain " + definition.core().urn() + ".");
    }
    if (kind != PatchOperation.Kind.ADD) {
      removeIf(name -> ResourceReader.isUrn(name) && removal == listed.contains(name));
    }
  }

  private void removeIf(Predicate<String> name) {
    document.properties().removeIf(member -> name.test(member.getKey()));
  }

  private static void refuseReadOnly(Attribute attribute, @Nullable Attribute sub) {
    if (attribute.readOnly() || (sub != null && sub.readOnly())) {
      throw ScimException.mutability("'" + attribute.name() + "' cannot be changed by a client.");
    }
  }

  private ObjectNode container(@Nullable String extension) {
    if (extension == null) {
      return document;
    }
    return document.get(extension) instanceof ObjectNode container
        ? container
        : document.putObject(extension);
  }

  private void removeIfEmpty(@Nullable String extension) {
    if (extension != null && document.path(extension).isEmpty()) {
      document.remove(extension);
    }
  }

  static ArrayNode arrayOf(JsonNode value) {
    return value instanceof ArrayNode array ? array : Json.array().add(value);
  }
}
