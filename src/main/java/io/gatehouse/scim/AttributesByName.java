package io.gatehouse.scim;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by lower-case name, in the order of their definitions. A name in the spelling of the
 * schema is found by one look-up that allocates nothing, any other by its lower-case form.
 */
public final class AttributesByName extends AbstractMap<String, Attribute> {

  static final AttributesByName NONE = new AttributesByName(Map.of());

  private final Map<String, Attribute> byLowerCase;
  private final Map<String, Optional<Attribute>> asSpelled = new HashMap<>();

  private AttributesByName(Map<String, Attribute> byLowerCase) {
    this.byLowerCase = byLowerCase;
    byLowerCase.forEach(
        (name, attribute) -> {
          asSpelled.put(name, Optional.of(attribute));
          asSpelled.put(attribute.name(), Optional.of(attribute));
        });
  }

  static AttributesByName of(Iterable<Attribute> attributes) {
    Map<String, Attribute> byLowerCase = new LinkedHashMap<>();
    attributes.forEach(it -> byLowerCase.put(it.name().toLowerCase(Locale.ROOT), it));
    return new AttributesByName(Collections.unmodifiableMap(byLowerCase));
  }

  /** The attribute of this name, in any case. */
  public Optional<Attribute> find(String anyCase) {
    Optional<Attribute> found = asSpelled.get(anyCase);
    return found == null
        ? Optional.ofNullable(byLowerCase.get(anyCase.toLowerCase(Locale.ROOT)))
        : found;
  }

  @Override
  public @Nullable Attribute get(Object lowerCase) {
    return byLowerCase.get(lowerCase);
  }

  @Override
  public boolean containsKey(Object lowerCase) {
    return byLowerCase.containsKey(lowerCase);
  }

  @Override
  public Set<Entry<String, Attribute>> entrySet() {
    return byLowerCase.entrySet();
  }
}
