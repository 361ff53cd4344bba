package io.gatehouse.delivery;

import io.gatehouse.scim.Schema;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes that a kind of subscriber receives. A notice contains ids and changed paths only,
 * a directory gets names and organisational attributes, HR gets all attributes that the IdP sends,
 * including extensions of the tenant.
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

  /** The default attributes, which the configuration may replace. */
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
