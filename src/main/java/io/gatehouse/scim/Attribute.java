package io.gatehouse.scim;

import java.util.Locale;
import java.util.Map;
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
 * @param subAttributes by lower-case name; empty unless {@code type} is complex
 */
public record Attribute(
    String name,
    Type type,
    boolean multiValued,
    boolean required,
    boolean caseExact,
    Mutability mutability,
    Map<String, Attribute> subAttributes) {

  /** An attribute of an extension that nobody has defined: kept as it came. */
  static Attribute undefined(String name) {
    return new Attribute(name, Type.ANY, false, false, true, Mutability.READWRITE, Map.of());
  }

  /** Data types of RFC 7643 section 2.3, and ANY for what no schema defines. */
  public enum Type {
    STRING,
    BOOLEAN,
    DECIMAL,
    INTEGER,
    DATETIME,
    BINARY,
    REFERENCE,
    COMPLEX,
    ANY
  }

  /** Who may write an attribute, RFC 7643 section 7. */
  public enum Mutability {
    READONLY,
    READWRITE,
    IMMUTABLE,
    WRITEONLY
  }

  public Optional<Attribute> sub(String anyCase) {
    return Optional.ofNullable(subAttributes.get(anyCase.toLowerCase(Locale.ROOT)));
  }

  public boolean readOnly() {
    return mutability == Mutability.READONLY;
  }

  public boolean complex() {
    return type == Type.COMPLEX;
  }
}
