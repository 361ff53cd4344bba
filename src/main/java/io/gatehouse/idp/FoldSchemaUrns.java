package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.Schema;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ENTRA-19, ENTRA-68, OL-08: {@code "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"} of
 * an old sample and {@code "urn:scim:schemas:extension:enterprise:1.0"} of SCIM 1.1 become {@code
 * "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"}, and {@code
 * "urn:scim:schemas:core:1.0"} the core schema of the resource: in {@code schemas}, as containers,
 * in paths and in filters, also before a dot.
 */
final class FoldSchemaUrns implements RewritingQuirk {

  private static final String URN = "urn:";

  private static final Pattern ENTERPRISE =
      Pattern.compile(
          "(?i)urn:(?:ietf:params:)?scim:schemas:extension:enterprise:[12]\\.0(?::?User(?![\\w-]))?");

  private static final Pattern CORE =
      Pattern.compile(
          "(?i)urn:(?:ietf:params:)?scim:schemas:core:[12]\\.0(?::(?:User|Group)(?![\\w-]))?");

  @Override
  public String name() {
    return "fold-schema-urns";
  }

  @Override
  public ScimRequest fix(ScimRequest request) {
    return RewritingQuirk.super.fix(RequestFilters.renamed(request, this, URN));
  }

  @Override
  public String path(ResourceDefinition definition, String path) {
    if (!path.regionMatches(true, 0, URN, 0, URN.length())
        || path.equalsIgnoreCase(Schema.ENTERPRISE_USER)
        || definition.isCore(path)) {
      return path;
    }
    String folded = fold(ENTERPRISE, Schema.ENTERPRISE_USER, path);
    return folded.equals(path) ? fold(CORE, definition.core().urn(), path) : folded;
  }

  /** Replaces a URN by its standard form; a URN that is correct in any case stays as it is. */
  private static String fold(Pattern pattern, String urn, String path) {
    Matcher matcher = pattern.matcher(path);
    if (!matcher.lookingAt()) {
      return path;
    }
    String rest = path.substring(matcher.end());
    boolean separated = rest.isEmpty() || rest.charAt(0) == ':' || rest.charAt(0) == '.';
    if (!separated || (matcher.group().equalsIgnoreCase(urn) && !rest.startsWith("."))) {
      return path;
    }
    return rest.isEmpty() ? urn : urn + ":" + rest.substring(1);
  }
}
