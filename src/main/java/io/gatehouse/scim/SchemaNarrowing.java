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
 * What a new definition of an extension does not take any more, though the one before did: values
 * that are stored may have become invalid (RFC 7643 section 3). {@code canonicalValues}, {@code
 * mutability}, {@code returned} and {@code caseExact} say nothing of what is stored.
 *
 * @param urn of the extension
 * @param type of the resources that have values
 * @param extent how much of what is stored may not fit
 * @param attributes whose values may not fit, in lower case
 * @param required which must be there now, where there is anything of the extension; in lower case
 * @param obligatory whether every resource must have something of the extension now
 */
public record SchemaNarrowing(
    String urn,
    ResourceType type,
    Extent extent,
    Set<String> attributes,
    Set<String> required,
    boolean obligatory) {

  /** How much of an extension may not fit. */
  public enum Extent {
    /** All of it. */
    WHOLE,
    /** Values of some attributes. */
    PART,
    /** That is seen only by looking at each value. */
    UNKNOWN
  }

  private static final Set<Type> WRITTEN_AS_STRINGS =
      EnumSet.of(Type.STRING, Type.DATETIME, Type.REFERENCE, Type.BINARY);

  /** The end of a definition. */
  public static SchemaNarrowing deletion(Extension before) {
    return deletion(before.schema().urn(), before.type());
  }

  /** The end of what is left under a URN. */
  public static SchemaNarrowing deletion(String urn, ResourceType type) {
    return new SchemaNarrowing(urn, type, Extent.WHOLE, Set.of(), Set.of(), false);
  }

  /**
   * A definition of what is stored already: values that were kept before there was one, or that a
   * job could not drop. Each must be looked at.
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

  /** One definition in place of another under the same URN. */
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

  /** Whether everything that is stored still fits, and everybody may do without the extension. */
  public boolean isEmpty() {
    return !obligatory && !touchesValues();
  }

  /** Whether values that are stored may not fit. */
  public boolean touchesValues() {
    return extent != Extent.PART || !attributes.isEmpty() || !required.isEmpty();
  }

  /** Whether each value must be looked at. */
  public boolean unknown() {
    return extent == Extent.UNKNOWN;
  }
}
