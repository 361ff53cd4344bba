package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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
public record Schema(String urn, AttributesByName attributes, @Nullable ObjectNode json) {

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
    return new Schema(urn, AttributesByName.NONE, null);
  }

  public Optional<Attribute> attribute(String anyCase) {
    return json == null ? Optional.of(Attribute.undefined(anyCase)) : attributes.find(anyCase);
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

  static AttributesByName attributes(JsonNode definitions) {
    List<Attribute> attributes = new ArrayList<>();
    definitions.forEach(it -> attributes.add(Attribute.of(it)));
    return AttributesByName.of(attributes);
  }
}
