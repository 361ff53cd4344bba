package io.gatehouse.scim;

import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.filters.Filter;
import org.jspecify.annotations.Nullable;

/**
 * A PATCH path resolved against the schema (RFC 7644 section 3.5.2, figure 7).
 *
 * @param extension the URN of the container, or null for the resource itself
 * @param attribute null when the path names the whole extension
 * @param filter selects elements of a multi-valued attribute
 * @param sub a sub-attribute
 */
record AttributePath(
    @Nullable String extension,
    @Nullable Attribute attribute,
    @Nullable Filter filter,
    @Nullable Attribute sub) {

  private static final int MAX_LENGTH = 4096;

  /**
   * Parses a path.
   *
   * @throws ScimException 400 invalidPath when it is malformed or names no attribute of the schema
   */
  static AttributePath parse(ResourceType type, String path) {
    if (type.extension(path).isPresent()) {
      return new AttributePath(type.extension(path).orElseThrow().urn(), null, null, null);
    }
    Path parsed = parse(path);
    if (parsed.size() == 0 || parsed.size() > 2) {
      throw ScimException.invalidPath("The path '" + path + "' names no attribute.");
    }
    return resolve(type, parsed, path);
  }

  private static Path parse(String path) {
    if (path.length() > MAX_LENGTH) {
      throw ScimException.invalidPath("The path is longer than " + MAX_LENGTH + " characters.");
    }
    try {
      return Path.fromString(path);
    } catch (BadRequestException e) {
      throw ScimException.invalidPath("The path is malformed: " + e.getMessage());
    }
  }

  private static AttributePath resolve(ResourceType type, Path parsed, String path) {
    String urn = parsed.getSchemaUrn();
    boolean core = urn == null || type.core().urn().equalsIgnoreCase(urn);
    Path.Element head = parsed.getElement(0);
    Attribute attribute =
        core
            ? type.attribute(head.getAttribute()).orElseThrow(() -> unknown(path))
            : extensionAttribute(type, urn, head.getAttribute(), path);
    Attribute sub = parsed.size() == 1 ? null : subAttribute(attribute, parsed.getElement(1), path);
    String container = core ? null : type.extension(urn).map(Schema::urn).orElse(urn);
    return new AttributePath(container, attribute, head.getValueFilter(), sub);
  }

  private static Attribute extensionAttribute(
      ResourceType type, String urn, String name, String path) {
    return type.extension(urn)
        .map(schema -> schema.attribute(name).orElseThrow(() -> unknown(path)))
        .orElseGet(() -> Attribute.undefined(name));
  }

  private static Attribute subAttribute(Attribute attribute, Path.Element element, String path) {
    if (element.getValueFilter() != null) {
      throw ScimException.invalidPath("The path '" + path + "' filters a sub-attribute.");
    }
    return attribute.sub(element.getAttribute()).orElseThrow(() -> unknown(path));
  }

  private static ScimException unknown(String path) {
    return ScimException.invalidPath("The path '" + path + "' names no attribute of the schema.");
  }
}
