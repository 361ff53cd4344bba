package io.gatehouse.scim;

import io.gatehouse.scim.Schemas.Extension;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes and extensions of a resource type in one tenant.
 *
 * @param extensions of this type, those of the tenant included
 * @param open whether undefined extensions are stored unchanged
 * @param retired URNs of extensions that were deleted or narrowed lately, in lower case
 */
public record ResourceDefinition(
    ResourceType type, List<Extension> extensions, boolean open, Set<String> retired) {

  /** Attributes of every resource (RFC 7643 section 3.1); only externalId is the client's. */
  private static final Map<String, Attribute> COMMON =
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

  public Schema core() {
    return type.core();
  }

  public boolean isCore(String urn) {
    return core().urn().equalsIgnoreCase(urn);
  }

  /** The defined extension with this URN in any case. */
  public Optional<Schema> defined(String urn) {
    return extensions.stream()
        .map(Extension::schema)
        .filter(schema -> schema.urn().equalsIgnoreCase(urn))
        .findFirst();
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
    return core()
        .attribute(anyCase)
        .or(() -> Optional.ofNullable(COMMON.get(anyCase.toLowerCase(Locale.ROOT))));
  }
}
