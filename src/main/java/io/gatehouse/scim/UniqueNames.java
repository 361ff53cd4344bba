package io.gatehouse.scim;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Checks that the names in one object are unique: names that differ in case only are equal (RFC
 * 7643 section 2.1), and an object with a duplicate name is ambiguous.
 */
final class UniqueNames {

  private final Set<String> seen = new HashSet<>();

  void see(String name) {
    if (!seen.add(name.toLowerCase(Locale.ROOT))) {
      throw ScimException.invalidSyntax("'" + name + "' is given twice.");
    }
  }
}
