package io.gatehouse.scim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A type of resource, its endpoint and its schemas in every tenant (RFC 7643 section 6). */
public enum ResourceType {
  USER("User", "Users", Schema.load("User.json"), List.of(Schema.load("EnterpriseUser.json"))),
  GROUP("Group", "Groups", Schema.load("Group.json"), List.of());

  private static final List<ResourceType> ALL = List.of(values());

  private final String label;
  private final String endpoint;
  private final Schema core;
  private final List<Schema> extensions;

  ResourceType(String label, String endpoint, Schema core, List<Schema> extensions) {
    this.label = label;
    this.endpoint = endpoint;
    this.core = core;
    this.extensions = extensions;
  }

  public String label() {
    return label;
  }

  /** The path segment below the base URL, for example {@code Users}. */
  public String endpoint() {
    return endpoint;
  }

  public Schema core() {
    return core;
  }

  List<Schema> extensions() {
    return extensions;
  }

  public static Optional<ResourceType> atEndpoint(String segment) {
    for (ResourceType type : ALL) {
      if (type.endpoint.equals(segment)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  public static Optional<ResourceType> labelled(String label) {
    return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
  }
}
