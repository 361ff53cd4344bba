package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Translates a resource from a client into the stored document: names in schema spelling, only
 * writable and assigned attributes, every value of its attribute's type (RFC 7643 sections 2 and
 * 3).
 */
public final class ResourceReader {

  private final ResourceDefinition definition;

  public ResourceReader(ResourceDefinition definition) {
    this.definition = definition;
  }

  /**
   * Reads a resource.
   *
   * @param body a resource as sent in POST or PUT
   * @return a new document without {@code id}, {@code meta}, read-only, write-only, unknown and
   *     unassigned attributes
   * @throws ScimException 400 when a schema is unknown, a value has the wrong type or a required
   *     attribute is missing
   */
  public ObjectNode read(JsonNode body) {
    return read(body, false);
  }

  /**
   * Reads a resource that replaces another. An object with undefined names only is refused, because
   * it would delete the stored value. Attributes that extensions require are checked later, with
   * the replaced resource ({@link #completeReplacement}).
   *
   * @throws ScimException as {@link #read} does
   */
  public ObjectNode readReplacement(JsonNode body) {
    return read(body, true);
  }

  private ObjectNode read(JsonNode body, boolean replaces) {
    Reading reading = new Reading(replaces);
    body.properties().forEach(it -> reading.member(it.getKey(), it.getValue()));
    requireSchemas(reading.schemas);
    ObjectNode document = reading.document;
    if (!replaces) {
      return complete(MissingNode.getInstance(), document);
    }
    ResourceLimits.require(definition.type(), MissingNode.getInstance(), document);
    Presence.requireCore(definition, document);
    return listed(document);
  }

  /**
   * Reads a resource that is to be created. A user without {@code active} is active (checklist
   * F12).
   *
   * @throws ScimException as {@link #read} does
   */
  public ObjectNode readNew(JsonNode body) {
    ObjectNode resource = read(body);
    if (definition.type() == ResourceType.USER && !resource.has("active")) {
      resource.put("active", true);
    }
    return resource;
  }

  /**
   * Checks the invariants of a complete document and sets its {@code schemas}, as the last step of
   * every write.
   *
   * @param before the document as it was; a missing node when there was none
   */
  public ObjectNode complete(JsonNode before, ObjectNode document) {
    ResourceLimits.require(definition.type(), before, document);
    Presence.require(definition, before, document);
    return listed(document);
  }

  /** Checks and completes a document that replaces the one before. */
  public ObjectNode completeReplacement(JsonNode before, ObjectNode document) {
    ResourceLimits.require(definition.type(), before, document);
    Presence.requireWhole(definition, document);
    return listed(document);
  }

  private ObjectNode listed(ObjectNode document) {
    if (definition.type() == ResourceType.USER) {
      UserName.require(document.path("userName").asText());
    }
    ArrayNode schemas = document.putArray("schemas").add(definition.core().urn());
    urns(document).forEach(schemas::add);
    return document;
  }

  /** The schemas of a document in a fixed order, so that documents with equal members are equal. */
  private Set<String> urns(ObjectNode document) {
    Set<String> urns = new LinkedHashSet<>();
    definition.extensions().forEach(it -> urns.add(it.schema().urn()));
    document.properties().stream()
        .map(Map.Entry::getKey)
        .filter(ResourceReader::isUrn)
        .sorted()
        .forEach(urns::add);
    urns.removeIf(urn -> !document.has(urn));
    return urns;
  }

  private void requireSchemas(JsonNode schemas) {
    boolean core = false;
    for (JsonNode urn : schemas) {
      core |= definition.isCore(urn.asText());
      if (!definition.isCore(urn.asText()) && definition.extension(urn.asText()).isEmpty()) {
        throw ScimException.invalidValue(
            urn + " in 'schemas' is no schema of a " + definition.type().label() + ".");
      }
    }
    if (!core) {
      throw ScimException.invalidValue("'schemas' must contain " + definition.core().urn() + ".");
    }
  }

  /** The reading of one document; no attribute is read twice. */
  private final class Reading {

    private final ObjectNode document = Json.object();
    private final UniqueNames uniqueNames = new UniqueNames();
    private final boolean replaces;
    private JsonNode schemas = Json.array();

    Reading(boolean replaces) {
      this.replaces = replaces;
    }

    void member(String name, JsonNode value) {
      if (isUrn(name)) {
        extension(name, value);
      } else if (name.equalsIgnoreCase("schemas")) {
        uniqueNames.see(name);
        schemas = value;
      } else {
        definition.attribute(name).ifPresent(it -> set(document, uniqueNames, it, value));
      }
    }

    private void extension(String urn, JsonNode value) {
      uniqueNames.see(urn);
      ObjectNode members = asObject(urn, value);
      if (definition.isCore(urn)) {
        members.properties().forEach(it -> member(it.getKey(), it.getValue()));
      } else {
        definition.extension(urn).ifPresent(schema -> container(schema, members));
      }
    }

    private void container(Schema schema, ObjectNode members) {
      if (replaces && !ReadableContent.of(schema, members)) {
        throw ScimException.invalidValue("'" + schema.urn() + "' has no attribute of the schema.");
      }
      ObjectNode container = Json.object();
      UniqueNames inside = new UniqueNames();
      members
          .properties()
          .forEach(
              it ->
                  schema
                      .attribute(it.getKey())
                      .ifPresent(found -> set(container, inside, found, it.getValue())));
      if (!container.isEmpty()) {
        document.set(schema.urn(), container);
      }
    }

    /**
     * Sets an attribute. Read-only values are ignored (RFC 7644 section 3.5.1). Write-only ones,
     * such as the password, are never stored.
     */
    private void set(ObjectNode parent, UniqueNames names, Attribute attribute, JsonNode value) {
      names.see(attribute.name());
      if (!attribute.readOnly() && attribute.mutability() != Attribute.Mutability.WRITEONLY) {
        if (replaces && !attribute.multiValued()) {
          CanonicalValues.requireReadable(attribute, value, value);
        }
        CanonicalValues.set(parent, attribute, value);
      }
    }
  }

  private static ObjectNode asObject(String urn, JsonNode value) {
    if (Json.unassigned(value)) {
      return Json.object();
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw ScimException.invalidValue("'" + urn + "' must be an object.");
  }

  static boolean isUrn(String name) {
    return name.regionMatches(true, 0, "urn:", 0, 4);
  }
}
