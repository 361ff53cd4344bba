package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One schema: its URN and its attributes by lower-case name (RFC 7643 section 7). Read from {@code
 * /schemas}, in the form in which {@code /Schemas} publishes it.
 */
public record Schema(String urn, Map<String, Attribute> attributes) {

  public static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  public static final String ENTERPRISE_USER =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  public Optional<Attribute> attribute(String anyCase) {
    return Optional.ofNullable(attributes.get(anyCase.toLowerCase(Locale.ROOT)));
  }

  static Schema load(String file) {
    try (InputStream in =
        Objects.requireNonNull(Schema.class.getResourceAsStream("/schemas/" + file), file)) {
      JsonNode schema = Json.MAPPER.readTree(in);
      return new Schema(schema.path("id").asText(), attributes(schema.path("attributes")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Attribute> attributes(JsonNode definitions) {
    Map<String, Attribute> byName = new LinkedHashMap<>();
    for (JsonNode definition : definitions) {
      Attribute attribute = attribute(definition);
      byName.put(attribute.name().toLowerCase(Locale.ROOT), attribute);
    }
    return Map.copyOf(byName);
  }

  private static Attribute attribute(JsonNode it) {
    return new Attribute(
        it.path("name").asText(),
        Attribute.Type.valueOf(it.path("type").asText().toUpperCase(Locale.ROOT)),
        it.path("multiValued").asBoolean(),
        it.path("required").asBoolean(),
        it.path("caseExact").asBoolean(),
        Attribute.Mutability.valueOf(it.path("mutability").asText().toUpperCase(Locale.ROOT)),
        attributes(it.path("subAttributes")));
  }
}
