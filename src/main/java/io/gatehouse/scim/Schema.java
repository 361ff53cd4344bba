package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One schema (RFC 7643 section 7).
 *
 * @param attributes by lower-case name, in the order of the definition
 * @param json the definition as {@code /Schemas} publishes it; null for an undefined extension,
 *     which stores any attribute unchanged
 */
public record Schema(String urn, Map<String, Attribute> attributes, @Nullable ObjectNode json) {

  public static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  public static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
  public static final String ENTERPRISE_USER =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";

  /** Reads a definition whose form has been checked. */
  public static Schema of(ObjectNode json) {
    return new Schema(json.path("id").asText(), attributes(json.path("attributes")), json);
  }

  static Schema undefined(String urn) {
    return new Schema(urn, Map.of(), null);
  }

  public Optional<Attribute> attribute(String anyCase) {
    return json == null
        ? Optional.of(Attribute.undefined(anyCase))
        : Optional.ofNullable(attributes.get(anyCase.toLowerCase(Locale.ROOT)));
  }

  public String description() {
    return json == null ? "" : json.path("description").asText();
  }

  static Schema load(String file) {
    try (InputStream in =
        Objects.requireNonNull(Schema.class.getResourceAsStream("/schemas/" + file), file)) {
      return of((ObjectNode) Json.MAPPER.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Attribute> attributes(JsonNode definitions) {
    Map<String, Attribute> byName = new LinkedHashMap<>();
    for (JsonNode definition : definitions) {
      Attribute attribute = Attribute.of(definition);
      byName.put(attribute.name().toLowerCase(Locale.ROOT), attribute);
    }
    return Collections.unmodifiableMap(byName);
  }
}
