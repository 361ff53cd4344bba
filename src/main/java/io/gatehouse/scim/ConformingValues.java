package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A resource without the values that its schemas do not define any more, where a schema was deleted
 * or narrowed lately (RFC 7643 section 3). Only extensions of a tenant are looked at, and of those
 * only the retired ones ({@link ResourceDefinition#retired}).
 *
 * @param document the same object when no value had to be dropped
 * @param dropped the dropped paths: {@code urn:example:hr} or {@code urn:example:hr:grade}
 */
public record ConformingValues(ObjectNode document, List<String> dropped) {

  /** The name in the record of repairs for values that were left out of a command. */
  public static final String QUIRK = "leave-out-retired-values";

  /**
   * Filters a stored document; a value that lacks a newly required attribute is dropped as a whole.
   */
  public static ConformingValues ofStored(ResourceDefinition definition, ObjectNode document) {
    return of(definition, document, true);
  }

  /** Filters a document from a client, in its spelling; the reader reports missing attributes. */
  public static ConformingValues ofSent(ResourceDefinition definition, ObjectNode document) {
    return of(definition, document, false);
  }

  /**
   * The part of a value that may stay at a path of a retired extension: {@code urn:example:hr},
   * {@code urn:example:hr:grade}. Where an attribute has many values, it may be one of them.
   *
   * @return empty when no part may stay, or when the path is no longer defined
   */
  public static Optional<JsonNode> at(ResourceDefinition definition, String path, JsonNode value) {
    return AttributePath.find(definition, path)
        .flatMap(it -> Optional.ofNullable(new Cut(definition, false).at(it, value)));
  }

  private static ConformingValues of(
      ResourceDefinition definition, ObjectNode document, boolean stored) {
    return definition.retired().isEmpty()
        ? new ConformingValues(document, List.of())
        : new Cut(definition, stored).of(document);
  }

  /** Whether the whole document may stay. */
  public boolean isWhole() {
    return dropped.isEmpty();
  }

  /** The filtering of one document. */
  private static final class Cut {

    private final ResourceDefinition definition;
    private final boolean stored;
    private final List<String> dropped = new ArrayList<>();

    Cut(ResourceDefinition definition, boolean stored) {
      this.definition = definition;
      this.stored = stored;
    }

    ConformingValues of(ObjectNode document) {
      ObjectNode kept = Json.object();
      Set<String> gone = new HashSet<>();
      for (Map.Entry<String, JsonNode> member : document.properties()) {
        String name = member.getKey();
        JsonNode value = member.getValue();
        JsonNode left = definition.isRetired(name) ? container(name, value) : value;
        if (left == null) {
          gone.add(lower(name));
        } else {
          kept.set(name, left);
        }
      }
      for (Map.Entry<String, JsonNode> member : kept.properties()) {
        if (lower(member.getKey()).equals("schemas") && member.getValue().isArray()) {
          member.setValue(schemas(member.getValue(), gone));
        }
      }
      return dropped.isEmpty()
          ? new ConformingValues(document, List.of())
          : new ConformingValues(kept, List.copyOf(dropped));
    }

    private ArrayNode schemas(JsonNode urns, Set<String> gone) {
      ArrayNode kept = Json.array();
      for (JsonNode urn : urns) {
        String name = urn.asText();
        boolean undefined = definition.isRetired(name) && definition.defined(name).isEmpty();
        if (undefined && !gone.contains(lower(name))) {
          dropped.add(name);
        }
        if (!undefined && !gone.contains(lower(name))) {
          kept.add(urn);
        }
      }
      return kept;
    }

    private @Nullable JsonNode at(AttributePath path, JsonNode value) {
      Attribute attribute = path.attribute();
      if (attribute == null) {
        return container(Objects.requireNonNull(path.extension()), value);
      }
      return part(path.sub() == null ? attribute : path.sub(), value);
    }

    /**
     * The part of a PATCH value that may stay: for a multi-valued attribute, of an array or of one
     * element.
     */
    private @Nullable JsonNode part(Attribute attribute, JsonNode value) {
      return attribute.multiValued() && !value.isArray() && !Json.unassigned(value)
          ? single(attribute, value)
          : fitting(attribute, value);
    }

    private @Nullable JsonNode container(String urn, JsonNode value) {
      Schema schema = definition.defined(urn).orElse(null);
      if (schema == null || (stored && !schema.urn().equals(urn))) {
        dropped.add(urn);
        return null;
      }
      if (!(value instanceof ObjectNode members)) {
        return value;
      }
      List<String> parts = new ArrayList<>();
      ObjectNode left = members(schema.attributes(), members, urn + ":", parts);
      boolean whole = left == null;
      dropped.addAll(whole && parts.isEmpty() ? List.of(urn) : parts);
      return left;
    }

    /**
     * The members of a container or of a complex value that may stay; null when none may.
     *
     * @param dropped receives the paths of the dropped members
     */
    private @Nullable ObjectNode members(
        Map<String, Attribute> attributes,
        ObjectNode members,
        String prefix,
        List<String> dropped) {
      ObjectNode left = Json.object();
      for (Map.Entry<String, JsonNode> member : members.properties()) {
        Attribute attribute = attributes.get(lower(member.getKey()));
        JsonNode value =
            attribute == null || (stored && !attribute.name().equals(member.getKey()))
                ? null
                : fitting(attribute, member.getValue());
        if (value == null || !value.equals(member.getValue())) {
          dropped.add(prefix + member.getKey());
        }
        if (value != null) {
          left.set(member.getKey(), value);
        }
      }
      boolean lacking = stored && attributes.values().stream().anyMatch(it -> lacks(left, it));
      return lacking || (left.isEmpty() && !members.isEmpty()) ? null : left;
    }

    private static boolean lacks(ObjectNode members, Attribute attribute) {
      return attribute.required() && Json.unassigned(members.get(attribute.name()));
    }

    private @Nullable JsonNode fitting(Attribute attribute, JsonNode value) {
      if (Json.unassigned(value)) {
        return value;
      }
      if (attribute.multiValued() != value.isArray()) {
        return null;
      }
      if (!value.isArray()) {
        return single(attribute, value);
      }
      ArrayNode left = Json.array();
      for (JsonNode element : value) {
        JsonNode it = single(attribute, element);
        if (it != null) {
          left.add(it);
        }
      }
      return left.isEmpty() ? null : left;
    }

    private @Nullable JsonNode single(Attribute attribute, JsonNode value) {
      if (!attribute.complex()) {
        JsonNode canonical = LexicalTypes.canonical(attribute.type(), value).orElse(null);
        return stored || canonical == null ? canonical : value;
      }
      return value instanceof ObjectNode members
          ? members(attribute.subAttributes(), members, "", new ArrayList<>())
          : null;
    }

    private static String lower(String name) {
      return name.toLowerCase(Locale.ROOT);
    }
  }
}
