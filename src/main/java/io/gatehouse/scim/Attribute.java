package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/**
 * The definition of an attribute (RFC 7643 section 7).
 *
 * @param name as the schema spells it
 * @param type decides which JSON values are accepted
 * @param multiValued whether the value is an array
 * @param required whether a resource without it is refused
 * @param caseExact whether comparisons regard case
 * @param mutability who may write it
 * @param returned when it is shown
 * @param subAttributes by lower-case name; empty unless {@code type} is complex
 */
public record Attribute(
    String name,
    Type type,
    boolean multiValued,
    boolean required,
    boolean caseExact,
    Mutability mutability,
    Returned returned,
    AttributesByName subAttributes) {

  /** Reads a definition; absent characteristics have the defaults of RFC 7643 section 2.2. */
  static Attribute of(JsonNode it) {
    return new Attribute(
        it.path("name").asText(),
        Type.valueOf(upper(it, "type", "string")),
        it.path("multiValued").asBoolean(),
        it.path("required").asBoolean(),
        it.path("caseExact").asBoolean(),
        Mutability.valueOf(upper(it, "mutability", "readWrite")),
        Returned.valueOf(upper(it, "returned", "default")),
        Schema.attributes(it.path("subAttributes")));
  }

  private static String upper(JsonNode definition, String member, String otherwise) {
    return definition.path(member).asText(otherwise).toUpperCase(Locale.ROOT);
  }

  /** An attribute of an undefined extension, which is stored unchanged. */
  static Attribute undefined(String name) {
    return new Attribute(
        name,
        Type.ANY,
        false,
        false,
        true,
        Mutability.READWRITE,
        Returned.DEFAULT,
        AttributesByName.NONE);
  }

  /** Data types of RFC 7643 section 2.3, and ANY for undefined attributes. */
  public enum Type {
    STRING,
    BOOLEAN,
    DECIMAL,
    INTEGER,
    DATETIME,
    BINARY,
    REFERENCE,
    COMPLEX,
    ANY;

    /** The name in a schema. */
    String label() {
      return this == DATETIME ? "dateTime" : name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who may write an attribute, RFC 7643 section 7. */
  public enum Mutability {
    READONLY,
    READWRITE,
    IMMUTABLE,
    WRITEONLY
  }

  /** When an attribute is shown, RFC 7643 section 7. */
  public enum Returned {
    ALWAYS,
    NEVER,
    DEFAULT,
    REQUEST
  }

  public Optional<Attribute> sub(String anyCase) {
    return subAttributes.find(anyCase);
  }

  public boolean readOnly() {
    return mutability == Mutability.READONLY;
  }

  public boolean immutable() {
    return mutability == Mutability.IMMUTABLE;
  }

  public boolean complex() {
    return type == Type.COMPLEX;
  }

  /** Whether its values are shown to a client that names no attributes. */
  boolean shownByDefault() {
    return returned == Returned.ALWAYS || returned == Returned.DEFAULT;
  }

  /** Whether its values are never returned, so that filters must not use them either. */
  boolean hidden() {
    return mutability == Mutability.WRITEONLY || returned == Returned.NEVER;
  }

  /** Whether it marks the preferred value of a multi-valued attribute (RFC 7643 section 2.4). */
  public boolean isPrimary() {
    return type == Type.BOOLEAN && name.equals("primary");
  }

  /**
   * Whether it only labels elements ({@code type}, {@code primary}), and is no value by itself (RFC
   * 7643 section 2.4).
   */
  boolean isMark() {
    return isPrimary() || name.equals("type");
  }

  /** Whether case counts; in references and binary values always (RFC 7643 section 2.3). */
  public boolean exact() {
    return caseExact || type == Type.REFERENCE || type == Type.BINARY || type == Type.ANY;
  }

  /** The type of a comparison with a value; an undefined attribute has the type of the value. */
  public Type comparedAs(JsonNode value) {
    if (type != Type.ANY) {
      return type;
    }
    if (value.isBoolean()) {
      return Type.BOOLEAN;
    }
    return value.isNumber() ? Type.DECIMAL : Type.STRING;
  }
}
