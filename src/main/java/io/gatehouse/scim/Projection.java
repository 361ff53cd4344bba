package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes an answer shows (RFC 7644 sections 3.4.2.5 and 3.9, and {@code returned} of RFC
 * 7643 section 7).
 */
public final class Projection {

  /** Selects the whole attribute, for a name without sub-attributes. */
  private static final Set<String> WHOLE = Set.of();

  private final ResourceDefinition definition;
  private final Map<String, Set<String>> included;
  private final Map<String, Set<String>> excluded;
  private final Set<String> written;

  private Projection(
      ResourceDefinition definition,
      Map<String, Set<String>> included,
      Map<String, Set<String>> excluded,
      Set<String> written) {
    this.definition = definition;
    this.included = included;
    this.excluded = excluded;
    this.written = written;
  }

  /**
   * Reads the two parameters; undefined names are ignored.
   *
   * @param attributes names separated by commas, or null
   * @param excludedAttributes the same
   * @throws ScimException 400 invalidValue when both are given
   */
  public static Projection of(
      ResourceDefinition definition,
      @Nullable String attributes,
      @Nullable String excludedAttributes) {
    if (attributes != null && excludedAttributes != null) {
      throw ScimException.invalidValue("'attributes' and 'excludedAttributes' exclude each other.");
    }
    Map<String, Set<String>> included = names(definition, attributes);
    if (attributes != null) {
      included.put(key(null, "id"), WHOLE);
    }
    return new Projection(definition, included, names(definition, excludedAttributes), Set.of());
  }

  /** Adds the attributes that are returned on request and that this body has written. */
  public Projection with(ObjectNode body) {
    Set<String> names = new HashSet<>();
    body.properties().forEach(it -> written(names, it.getKey(), it.getValue()));
    for (JsonNode operation : body.path("Operations")) {
      JsonNode path = operation.path("path");
      if (path.isTextual()) {
        names.addAll(names(definition, path.textValue()).keySet());
      }
      operation
          .path("value")
          .properties()
          .forEach(it -> written(names, it.getKey(), it.getValue()));
    }
    return new Projection(definition, included, excluded, names);
  }

  private void written(Set<String> names, String name, JsonNode value) {
    names.addAll(names(definition, name).keySet());
    if (definition.extension(name).isPresent()) {
      value.properties().forEach(it -> names.add(key(name, it.getKey())));
    }
  }

  private static Map<String, Set<String>> names(
      ResourceDefinition definition, @Nullable String list) {
    Map<String, Set<String>> names = new HashMap<>();
    if (list != null) {
      for (String name : list.split(",", -1)) {
        parsed(definition, name.strip()).ifPresent(path -> add(names, path));
      }
    }
    return names;
  }

  private static Optional<AttributePath> parsed(ResourceDefinition definition, String name) {
    try {
      return Optional.of(AttributePath.parse(definition, name));
    } catch (ScimException e) {
      return Optional.empty();
    }
  }

  private static void add(Map<String, Set<String>> names, AttributePath path) {
    Attribute attribute = path.attribute();
    String key =
        attribute == null ? key(path.extension(), "") : key(path.extension(), attribute.name());
    Attribute sub = path.sub();
    if (sub == null) {
      names.put(key, WHOLE);
    } else if (names.get(key) != WHOLE) {
      names.computeIfAbsent(key, it -> new HashSet<>()).add(sub.name());
    }
  }

  private static String key(@Nullable String urn, String name) {
    return ((urn == null ? "" : urn + ":") + name).toLowerCase(Locale.ROOT);
  }

  /** Whether the client named any attributes. */
  public boolean isEmpty() {
    return included.isEmpty() && excluded.isEmpty();
  }

  /** Whether an attribute of the core schema is shown; if not, it need not be read. */
  public boolean shows(String name) {
    return included.isEmpty()
        ? excluded.get(key(null, name)) != WHOLE
        : included.containsKey(key(null, name));
  }

  /** A copy with the shown attributes only. */
  public ObjectNode apply(ObjectNode resource) {
    ObjectNode shown = Json.object();
    for (Map.Entry<String, JsonNode> member : resource.properties()) {
      String name = member.getKey();
      if (ResourceReader.isUrn(name)) {
        ObjectNode container = container(name, member.getValue());
        if (!container.isEmpty()) {
          shown.set(name, container);
        }
      } else {
        Attribute attribute = definition.attribute(name).orElseGet(() -> Attribute.undefined(name));
        set(shown, null, attribute, member);
      }
    }
    return shown;
  }

  /**
   * The shown part of one element of a core attribute that {@link #shows} allows, because {@link
   * #apply} does not filter an attribute that writes itself.
   */
  public JsonNode element(String name, ObjectNode element) {
    ObjectNode resource = Json.object();
    resource.putArray(name).add(element);
    return apply(resource).path(name).path(0);
  }

  private ObjectNode container(String urn, JsonNode value) {
    ObjectNode shown = Json.object();
    Schema schema = definition.extension(urn).orElseGet(() -> Schema.undefined(urn));
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      Attribute attribute =
          schema.attribute(member.getKey()).orElseGet(() -> Attribute.undefined(member.getKey()));
      set(shown, urn, attribute, member);
    }
    return shown;
  }

  private void set(
      ObjectNode shown,
      @Nullable String urn,
      Attribute attribute,
      Map.Entry<String, JsonNode> member) {
    JsonNode visible =
        isEmpty() && written.isEmpty()
            ? attribute.shownByDefault() ? member.getValue() : null
            : visible(key(urn, member.getKey()), attribute, member.getValue());
    if (visible != null) {
      shown.set(attribute.name(), visible);
    }
  }

  private @Nullable JsonNode visible(String key, Attribute attribute, JsonNode value) {
    Set<String> asked = lookup(included, key);
    Set<String> dropped = lookup(excluded, key);
    return switch (attribute.returned()) {
      case NEVER -> null;
      case ALWAYS -> value;
      case REQUEST -> asked != null || written.contains(key) ? value : null;
      case DEFAULT -> {
        if (!included.isEmpty()) {
          yield asked == null ? null : asked.isEmpty() ? value : only(value, asked);
        }
        yield dropped == null ? value : dropped.isEmpty() ? null : without(value, dropped);
      }
    };
  }

  /** The requested names for an attribute, or for the whole extension that it belongs to. */
  private static @Nullable Set<String> lookup(Map<String, Set<String>> names, String key) {
    Set<String> own = names.get(key);
    return own != null ? own : names.get(key.substring(0, key.lastIndexOf(':') + 1));
  }

  private static JsonNode only(JsonNode value, Set<String> subs) {
    if (value instanceof ArrayNode array) {
      ArrayNode cut = Json.array();
      array.forEach(element -> cut.add(only(element, subs)));
      return cut;
    }
    return value instanceof ObjectNode object ? object.deepCopy().retain(subs) : value;
  }

  private static JsonNode without(JsonNode value, Set<String> subs) {
    if (value instanceof ArrayNode array) {
      ArrayNode cut = Json.array();
      array.forEach(element -> cut.add(without(element, subs)));
      return cut;
    }
    return value instanceof ObjectNode object ? object.deepCopy().remove(subs) : value;
  }

  /** A text that is equal for equal projections. */
  @Override
  public String toString() {
    return Objects.toString(new TreeMap<>(included)) + new TreeMap<>(excluded);
  }
}
