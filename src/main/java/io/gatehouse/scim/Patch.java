package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.filters.Filter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies PATCH operations to a document, all or none (RFC 7644 section 3.5.2). The SDK parses
 * paths and filters; it does not apply them, because it knows no schema, keeps several primaries
 * and refuses an {@code add} over a value.
 */
public final class Patch {

  private final ResourceType type;
  private final ObjectNode document;

  private Patch(ResourceType type, ObjectNode document) {
    this.type = type;
    this.document = document;
  }

  /**
   * Applies the operations in order.
   *
   * @param before is not changed
   * @return the document after all operations, complete and valid
   * @throws ScimException 400 with the scimType of the first operation that fails
   */
  public static ObjectNode apply(
      ResourceType type, ObjectNode before, List<PatchOperation> operations) {
    Patch patch = new Patch(type, before.deepCopy());
    operations.forEach(patch::apply);
    return new ResourceReader(type).complete(patch.document);
  }

  private void apply(PatchOperation operation) {
    String path = operation.path();
    if (path != null) {
      apply(operation.kind(), AttributePath.parse(type, path), operation.value());
    } else if (operation.kind() == PatchOperation.Kind.REMOVE) {
      throw ScimException.noTarget("A remove operation needs a path.");
    } else {
      applyToResource(operation.kind(), operation.value());
    }
  }

  /** Without a path the value is a partial resource; read-only members are tolerated as in PUT. */
  private void applyToResource(PatchOperation.Kind kind, JsonNode value) {
    if (!value.isObject()) {
      throw ScimException.invalidValue("Without a path, 'value' must be an object of attributes.");
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      if (!member.getKey().equalsIgnoreCase("schemas")) {
        AttributePath path = AttributePath.parse(type, member.getKey());
        if (path.attribute() == null || !path.attribute().readOnly()) {
          apply(kind, path, member.getValue());
        }
      }
    }
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
    refuseReadOnly(attribute, path.sub());
    if (attribute.mutability() == Attribute.Mutability.WRITEONLY) {
      return;
    }
    ObjectNode parent = container(path.extension());
    new Target(parent, attribute, path.filter(), path.sub()).apply(kind, value);
    removeIfEmpty(path.extension());
  }

  private void applyToExtension(PatchOperation.Kind kind, String urn, JsonNode value) {
    if (kind == PatchOperation.Kind.REMOVE || Json.unassigned(value)) {
      document.remove(urn);
      return;
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      apply(kind, AttributePath.parse(type, urn + ":" + member.getKey()), member.getValue());
    }
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

  /** What one operation aims at. */
  private record Target(
      ObjectNode parent, Attribute attribute, @Nullable Filter filter, @Nullable Attribute sub) {

    void apply(PatchOperation.Kind kind, JsonNode value) {
      if (filter != null || (sub != null && attribute.multiValued())) {
        new Elements(parent, attribute, filter).apply(kind, sub, value);
      } else if (kind == PatchOperation.Kind.REMOVE || Json.unassigned(value)) {
        remove();
      } else if (sub != null) {
        setSub(sub, value);
      } else if (attribute.multiValued()) {
        new Elements(parent, attribute, null).put(kind, value);
      } else if (attribute.complex()) {
        merge(value);
      } else {
        Values.set(parent, attribute, value);
      }
    }

    private void remove() {
      if (sub == null) {
        refuseRequired();
        parent.remove(attribute.name());
      } else if (parent.get(attribute.name()) instanceof ObjectNode complex) {
        complex.remove(sub.name());
        store(complex);
      }
    }

    private void refuseRequired() {
      if (attribute.required()) {
        throw ScimException.mutability("'" + attribute.name() + "' is required.");
      }
    }

    private void setSub(Attribute sub, JsonNode value) {
      ObjectNode complex = complex();
      Values.set(complex, sub, value);
      store(complex);
    }

    private void merge(JsonNode value) {
      ObjectNode complex = complex();
      if (!value.isObject()) {
        throw ScimException.invalidValue("'" + attribute.name() + "' must be an object.");
      }
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        attribute
            .sub(member.getKey())
            .filter(it -> !it.readOnly())
            .ifPresent(it -> Values.set(complex, it, member.getValue()));
      }
      store(complex);
    }

    private ObjectNode complex() {
      return parent.get(attribute.name()) instanceof ObjectNode present ? present : Json.object();
    }

    private void store(ObjectNode complex) {
      if (complex.isEmpty()) {
        parent.remove(attribute.name());
      } else {
        parent.set(attribute.name(), complex);
      }
    }
  }

  static ArrayNode arrayOf(JsonNode value) {
    return value instanceof ArrayNode array ? array : Json.array().add(value);
  }
}
