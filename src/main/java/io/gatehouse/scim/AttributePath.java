package io.gatehouse.scim;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PATCH path resolved against the schema (RFC 7644 section 3.5.2, figure 7).
 *
 * @param extension the URN of the container, or null for the resource itself
 * @param attribute null when the path names the whole extension
 * @param filter selects elements of a multi-valued attribute
 * @param sub a sub-attribute
 */
public record AttributePath(
    @Nullable String extension,
    @Nullable Attribute attribute,
    @Nullable FilterCondition filter,
    @Nullable Attribute sub) {

  private static final int MAX_LENGTH = 4096;

  /** The syntax of a path, independent of the schema. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:[^\\s\\[\\]\"]*[:/])?[\\w$-]+(?:\\.[\\w$-]+)*(?:\\[.*](?:\\.[\\w$-]+)*)?");

  /** The resolved path; empty when it names nothing. */
  public static Optional<AttributePath> find(ResourceDefinition definition, String path) {
    return definition.paths().of(path).found();
  }

  /** Whether a path is well-formed, but names an undefined attribute. */
  public static boolean isUnknown(ResourceDefinition definition, String path) {
    ScimException error = definition.paths().of(path).error();
    return error != null
        && "invalidPath".equals(error.refusal().scimType())
        && path.length() <= MAX_LENGTH
        && FORM.matcher(path).matches();
  }

  /**
   * Whether a name in a value may be ignored, as in POST and PUT: a plain, undefined name that
   * cannot be meant to deactivate a user.
   */
  static boolean isUnknownName(ResourceDefinition definition, String name) {
    String local = name.substring(name.lastIndexOf(':') + 1);
    return FilterNames.isName(local)
        && !local.equalsIgnoreCase("active")
        && isUnknown(definition, name);
  }

  /**
   * Parses a path.
   *
   * @throws ScimException 400 invalidPath when it is malformed or names no attribute of the schema,
   *     400 invalidFilter when only the filter in brackets is wrong
   */
  static AttributePath parse(ResourceDefinition definition, String path) {
    return definition.paths().of(path).orThrow();
  }

  /** Parses a path, without the results that {@link ResolvedPaths} keeps. */
  static AttributePath read(ResourceDefinition definition, String path) {
    if (path.length() > MAX_LENGTH) {
      throw ScimException.invalidPath("The path is longer than " + MAX_LENGTH + " characters.");
    }
    if (!Json.isText(path)) {
      throw ScimException.invalidPath("The path contains NUL or half of a surrogate pair.");
    }
    if (definition.isCore(path)) {
      throw unknown(path); // the core URN is not the attribute 'User' of a shorter URN
    }
    Optional<Schema> extension = definition.defined(path);
    if (extension.isPresent()) {
      return new AttributePath(extension.get().urn(), null, null, null);
    }
    int open = path.indexOf('[');
    return open < 0 ? simple(definition, path) : filtered(definition, path, open);
  }

  /** {@code name.familyName}, with or without a URN. */
  private static AttributePath simple(ResourceDefinition definition, String path) {
    int colon = ResourceReader.isUrn(path) ? path.lastIndexOf(':') : -1;
    String urn = colon < 0 ? definition.core().urn() : path.substring(0, colon);
    String local = path.substring(colon + 1);
    int dot = local.indexOf('.');
    String head = dot < 0 ? local : local.substring(0, dot);
    Attribute attribute =
        Optional.of(head)
            .filter(FilterNames::isName)
            .flatMap(name -> attribute(definition, urn, name))
            .orElseThrow(() -> unknown(path));
    Attribute sub = dot < 0 ? null : sub(attribute, local.substring(dot + 1), path);
    return new AttributePath(container(definition, urn), attribute, null, sub);
  }

  private static Optional<Attribute> attribute(
      ResourceDefinition definition, String urn, String name) {
    return definition.isCore(urn)
        ? definition.attribute(name)
        : definition.extension(urn).flatMap(schema -> schema.attribute(name));
  }

  private static @Nullable String container(ResourceDefinition definition, String urn) {
    return definition.isCore(urn)
        ? null
        : definition.extension(urn).map(Schema::urn).orElseThrow(() -> unknown(urn));
  }

  /** {@code emails[type eq "work"]} and {@code emails[type eq "work"].value}. */
  private static AttributePath filtered(ResourceDefinition definition, String path, int open) {
    AttributePath whole = simple(definition, path.substring(0, open));
    Attribute attribute = whole.attribute;
    if (attribute == null
        || whole.sub != null
        || !attribute.multiValued()
        || !attribute.complex()) {
      throw ScimException.invalidPath(
          FilterTokens.shown(path.substring(0, open)) + " has no elements to choose from.");
    }
    int close = closing(path, open);
    if (close < 0) {
      throw ScimException.invalidPath("The path has no closing bracket.");
    }
    String rest = path.substring(close + 1);
    FilterCondition filter =
        FilterParser.parse(FilterNames.inside(attribute), path.substring(open + 1, close));
    if (!rest.isEmpty() && rest.charAt(0) != '.') {
      throw ScimException.invalidPath("The path does not end at " + FilterTokens.shown(rest) + ".");
    }
    Attribute sub = rest.isEmpty() ? null : sub(attribute, rest.substring(1), path);
    return new AttributePath(whole.extension, attribute, filter, sub);
  }

  /** The first closing bracket outside of a string, or -1. */
  private static int closing(String path, int open) {
    boolean quoted = false;
    for (int i = open; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && c == ']') {
        return i;
      }
    }
    return -1;
  }

  private static Attribute sub(Attribute attribute, String name, String path) {
    return attribute.sub(name).orElseThrow(() -> unknown(path));
  }

  private static ScimException unknown(String path) {
    return ScimException.invalidPath(
        FilterTokens.shown(path) + " names no attribute of the schema.");
  }
}
