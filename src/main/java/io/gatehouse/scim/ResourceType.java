package io.gatehouse.scim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A kind of resource, its endpoint and its schemas (RFC 7643 section 6). */
public enum ResourceType {
  USER("User", "Users", Schema.load("User.json"), List.of(Schema.load("EnterpriseUser.json")));

  /**
   * Attributes of every resource (RFC 7643 section 3.1) besides {@code id} and {@code meta}, which
   * only we write.
   */
  private static final Map<String, Attribute> COMMON =
      Map.of(
          "externalid", common("externalId", Attribute.Mutability.READWRITE),
          "id", common("id", Attribute.Mutability.READONLY),
          "meta", common("meta", Attribute.Mutability.READONLY));

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

  public static Optional<ResourceType> atEndpoint(String segment) {
    return Arrays.stream(values()).filter(type -> type.endpoint.equals(segment)).findFirst();
  }

  /** The extension with this URN in any case, if it is one of this type's. */
  public Optional<Schema> extension(String urn) {
    return extensions.stream().filter(schema -> schema.urn().equalsIgnoreCase(urn)).findFirst();
  }

  /** A top-level attribute: common or of the core schema. */
  public Optional<Attribute> attribute(String anyCase) {
    return core.attribute(anyCase)
        .or(() -> Optional.ofNullable(COMMON.get(anyCase.toLowerCase(Locale.ROOT))));
  }

  private static Attribute common(String name, Attribute.Mutability mutability) {
    return new Attribute(name, Attribute.Type.STRING, false, false, true, mutability, Map.of());
  }
}
