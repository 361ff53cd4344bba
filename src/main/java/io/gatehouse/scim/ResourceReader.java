package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/**
 * Turns what a client sent into the document that is stored: schema spelling, only what a client
 * may write, only what is assigned, every value of its attribute's type (RFC 7643 sections 2 and
 * 3).
 */
public final class ResourceReader {

  private final ResourceType type;

  public ResourceReader(ResourceType type) {
    this.type = type;
  }

  /**
   * Reads a resource.
   *
   * @param body a resource as sent in POST or PUT
   * @return a new document without {@code id}, {@code meta}, read-only, write-only, unknown and
   *     unassigned attributes
   * @throws ScimException 400 when a value has the wrong type or a required attribute is missing
   */
  public ObjectNode read(JsonNode body) {
    requireCoreSchema(body.path("schemas"));
    ObjectNode document = Json.object();
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      readMember(document, member.getKey(), member.getValue());
    }
    return complete(document);
  }

  /**
   * Checks the invariants of a whole document and lists its schemas, as the last step of every
   * write.
   */
  public ObjectNode complete(ObjectNode document) {
    for (Attribute attribute : type.core().attributes().values()) {
      if (attribute.required() && document.path(attribute.name()).asText().isBlank()) {
        throw ScimException.invalidValue("The attribute '" + attribute.name() + "' is required.");
      }
    }
    ArrayNode schemas = document.putArray("schemas").add(type.core().urn());
    document.fieldNames().forEachRemaining(name -> addIfExtension(schemas, name));
    return document;
  }

  private static void addIfExtension(ArrayNode schemas, String name) {
    if (isUrn(name)) {
      schemas.add(name);
    }
  }

  private void requireCoreSchema(JsonNode schemas) {
    for (JsonNode urn : schemas) {
      if (type.core().urn().equalsIgnoreCase(urn.asText())) {
        return;
      }
    }
    throw ScimException.invalidValue("'schemas' must contain " + type.core().urn() + ".");
  }

  private void readMember(ObjectNode document, String name, JsonNode value) {
    if (isUrn(name)) {
      readExtension(document, name, value);
    } else {
      type.attribute(name)
          .filter(ResourceReader::written)
          .ifPresent(attribute -> Values.set(document, attribute, value));
    }
  }

  /**
   * Unknown extensions are kept as they came, so that a later definition of their schema finds
   * them.
   */
  private void readExtension(ObjectNode document, String urn, JsonNode value) {
    if (type.core().urn().equalsIgnoreCase(urn)) {
      value.properties().forEach(it -> readMember(document, it.getKey(), it.getValue()));
      return;
    }
    ObjectNode container = Json.object();
    type.extension(urn)
        .ifPresentOrElse(
            schema -> readInto(container, schema, value),
            () -> container.setAll(asObject(urn, value)));
    if (!container.isEmpty()) {
      document.set(type.extension(urn).map(Schema::urn).orElse(urn), container);
    }
  }

  private static void readInto(ObjectNode container, Schema schema, JsonNode value) {
    for (Map.Entry<String, JsonNode> member : asObject(schema.urn(), value).properties()) {
      schema
          .attribute(member.getKey())
          .filter(ResourceReader::written)
          .ifPresent(attribute -> Values.set(container, attribute, member.getValue()));
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

  /**
   * Read-only values are ignored (RFC 7644 section 3.5.1); write-only ones, the password, are never
   * kept.
   */
  private static boolean written(Attribute attribute) {
    return !attribute.readOnly() && attribute.mutability() != Attribute.Mutability.WRITEONLY;
  }

  static boolean isUrn(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith("urn:");
  }
}
