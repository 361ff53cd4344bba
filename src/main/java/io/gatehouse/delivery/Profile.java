package io.gatehouse.delivery;

import io.gatehouse.scim.Schema;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a kind of subscriber may see. A notice says who changed and where, a directory gets names
 * and places, HR whatever the IdP sends, extensions of the tenant included.
 */
public enum Profile {
  NOTICE(Set.of()),
  DIRECTORY(
      Set.of(
          "schemas",
          "userName",
          "externalId",
          "displayName",
          "name",
          "emails",
          "title",
          "active",
          Schema.ENTERPRISE_USER + ":department",
          Schema.ENTERPRISE_USER + ":manager")),
  HR(Set.of("*"));

  private final Set<String> attributes;

  Profile(Set<String> attributes) {
    this.attributes = attributes;
  }

  /** The attributes that are shown where the configuration names no others. */
  public Set<String> attributes() {
    return attributes;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The broker address that carries this profile. */
  public String address() {
    return "gatehouse.changes." + label();
  }

  public static Optional<Profile> labelled(String label) {
    return Arrays.stream(values()).filter(it -> it.label().equals(label)).findFirst();
  }
}
