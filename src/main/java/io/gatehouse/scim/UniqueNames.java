package io.gatehouse.scim;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Watches over the members of one object: two names that differ in case only are one name (RFC 7643
 * section 2.1), and an object that has a name twice could be read either way.
 */
final class UniqueNames {

  private final Set<String> seen = new HashSet<>();

  void see(String name) {
    if (!seen.add(name.toLowerCase(Locale.ROOT))) {
      throw ScimException.invalidSyntax("'" + name + "' is given twice.");
    }
  }
}
