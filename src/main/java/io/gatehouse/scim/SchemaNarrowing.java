package io.gatehouse.scim;

import io.gatehouse.scim.Attribute.Type;
import io.gatehouse.scim.Schemas.Extension;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The difference by which a new definition of an extension is narrower than the one before: stored
 * values may have become invalid (RFC 7643 section 3). {@code canonicalValues}, {@code mutability},
 * {@code returned} and {@code caseExact} do not affect stored values.
 *
 * @param urn of the extension
 * @param type of the resources that have values
 * @param extent which stored values may not fit
 * @param attributes whose values may not fit, in lower case
 * @param required attributes that are required now where the extension has any value, in lower case
 * @param obligatory whether every resource must have the extension now
 */
public record SchemaNarrowing(
    String urn,
    ResourceType type,
    Extent extent,
    Set<String> attributes,
    Set<String> required,
    boolean obligatory) {

  /** Which values of an extension may not fit. */
  public enum Extent {
    /** All values. */
    WHOLE,
    /** Values of some attributes. */
    PART,
    /** Unknown; each value must be checked. */
    UNKNOWN
  }

  private static final Set<Type> WRITTEN_AS_STRINGS =
      EnumSet.of(Type.STRING, Type.DATETIME, Type.REFERENCE, Type.BINARY);

  /** The narrowing by a deleted definition. */
  public static SchemaNarrowing deletion(Extension before) {
    return deletion(before.schema().urn(), before.type());
  }

  /** The narrowing by the removal of all values under a URN. */
  public static SchemaNarrowing deletion(String urn, ResourceType type) {
    return new SchemaNarrowing(urn, type, Extent.WHOLE, Set.of(), Set.of(), false);
  }

  /**
   * The narrowing by a definition for values that are stored already: from the time before the
   * definition, or left by a failed job. Each must be checked.
   */
  public static SchemaNarrowing unknown(Optional<Extension> before, Extension after) {
    return new SchemaNarrowing(
        after.schema().urn(),
        after.type(),
        Extent.UNKNOWN,
        Set.of(),
        Set.of(),
        after.required() && before.filter(Extension::required).isEmpty());
  }

  /** The narrowing between two definitions with the same URN. */
  public static SchemaNarrowing between(Extension before, Extension after) {
    if (before.type() != after.type()) {
      return deletion(before);
    }
    Map<String, Attribute> old = before.schema().attributes();
    Map<String, Attribute> now = after.schema().attributes();
    Set<String> attributes = new TreeSet<>();
    old.forEach(
        (name, attribute) -> {
          if (!now.containsKey(name) || isNarrowed(attribute, now.get(name))) {
            attributes.add(name);
          }
        });
    return new SchemaNarrowing(
        before.schema().urn(),
        before.type(),
        Extent.PART,
        attributes,
        newlyRequired(old, now),
        after.required() && !before.required());
  }

  private static boolean isNarrowed(Attribute old, Attribute now) {
    return !old.name().equals(now.name())
        || old.multiValued() != now.multiValued()
        || !takes(now.type(), old.type())
        || !newlyRequired(old.subAttributes(), now.subAttributes()).isEmpty()
        || old.subAttributes().values().stream()
            .anyMatch(it -> now.sub(it.name()).filter(sub -> !isNarrowed(it, sub)).isEmpty());
  }

  private static boolean takes(Type now, Type old) {
    return now == old
        || (now == Type.DECIMAL && old == Type.INTEGER)
        || (now == Type.STRING && WRITTEN_AS_STRINGS.contains(old));
  }

  private static Set<String> newlyRequired(Map<String, Attribute> old, Map<String, Attribute> now) {
    Set<String> names = new TreeSet<>();
    for (Attribute attribute : now.values()) {
      String name = attribute.name().toLowerCase(Locale.ROOT);
      Attribute before = old.get(name);
      if (attribute.required() && (before == null || !before.required())) {
        names.add(name);
      }
    }
    return names;
  }

  /** Whether all stored values still fit, and no resource needs the extension newly. */
  public boolean isEmpty() {
    return !obligatory && !touchesValues();
  }

  /** Whether stored values may not fit. */
  public boolean touchesValues() {
    return extent != Extent.PART || !attributes.isEmpty() || !required.isEmpty();
  }

  /** Whether each value must be checked. */
  public boolean unknown() {
    return extent == Extent.UNKNOWN;
  }
}
