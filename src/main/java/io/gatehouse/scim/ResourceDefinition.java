package io.gatehouse.scim;

import io.gatehouse.scim.Schemas.Extension;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The attributes and extensions of a resource type in one tenant. */
public final class ResourceDefinition {

  /** Attributes of every resource (RFC 7643 section 3.1); only externalId is the client's. */
  private static final AttributesByName COMMON =
      Schema.attributes(
          Json.stored(
                  """
              {"attributes": [
                {"name": "externalId", "type": "string", "caseExact": true},
                {"name": "id", "type": "string", "caseExact": true, "mutability": "readOnly",
                 "returned": "always"},
                {"name": "schemas", "type": "string", "multiValued": true, "returned": "always"},
                {"name": "meta", "type": "complex", "mutability": "readOnly", "subAttributes": [
                  {"name": "resourceType", "type": "string", "caseExact": true, "mutability": "readOnly"},
                  {"name": "created", "type": "dateTime", "mutability": "readOnly"},
                  {"name": "lastModified", "type": "dateTime", "mutability": "readOnly"},
                  {"name": "location", "type": "reference", "caseExact": true, "mutability": "readOnly"},
                  {"name": "version", "type": "string", "caseExact": true, "mutability": "readOnly"}]}]}
              """)
              .path("attributes"));

  private final ResourceType type;
  private final List<Extension> extensions;
  private final boolean open;
  private final Set<String> retired;
  private final ResolvedPaths paths = new ResolvedPaths(this);

  ResourceDefinition(
      ResourceType type, List<Extension> extensions, boolean open, Set<String> retired) {
    this.type = type;
    this.extensions = extensions;
    this.open = open;
    this.retired = retired;
  }

  public ResourceType type() {
    return type;
  }

  /** The extensions of this type, those of the tenant included. */
  public List<Extension> extensions() {
    return extensions;
  }

  /** Whether undefined extensions are stored unchanged. */
  public boolean open() {
    return open;
  }

  /** URNs of extensions that were deleted or narrowed lately, in lower case. */
  public Set<String> retired() {
    return retired;
  }

  ResolvedPaths paths() {
    return paths;
  }

  public Schema core() {
    return type.core();
  }

  public boolean isCore(String urn) {
    return core().urn().equalsIgnoreCase(urn);
  }

  /** The defined extension with this URN in any case. */
  public Optional<Schema> defined(String urn) {
    for (Extension extension : extensions) {
      if (extension.schema().urn().equalsIgnoreCase(urn)) {
        return Optional.of(extension.schema());
      }
    }
    return Optional.empty();
  }

  /** The extension with this URN in any case; an undefined one only if {@code open}. */
  public Optional<Schema> extension(String urn) {
    return defined(urn)
        .or(
            () ->
                open && !isCore(urn) && !isRetired(urn)
                    ? Optional.of(Schema.undefined(urn))
                    : Optional.empty());
  }

  /** Whether the extension with this URN in any case was deleted or narrowed lately. */
  public boolean isRetired(String urn) {
    return !retired.isEmpty() && retired.contains(urn.toLowerCase(Locale.ROOT));
  }

  /** A top-level attribute: common or of the core schema. */
  public Optional<Attribute> attribute(String anyCase) {
    Optional<Attribute> ofType = core().attribute(anyCase);
    return ofType.isPresent() ? ofType : COMMON.find(anyCase);
  }
}
