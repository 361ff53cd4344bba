package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.ResourceDefinition;
import java.util.Locale;

/**
 * ENTRA-37, ENTRA-66: {@code "roles":[{"value":"r","displayName":"Reader"}]} becomes {@code
 * "roles":[{"value":"r","display":"Reader"}]}, for every multi-valued attribute, and so does a path
 * or a name in a filter that ends so.
 */
final class DisplayFromDisplayName implements RewritingQuirk {

  private static final String WRONG = "displayName";
  private static final String RIGHT = "display";
  private static final String ENDING = "." + WRONG.toLowerCase(Locale.ROOT);

  @Override
  public String name() {
    return "display-from-display-name";
  }

  @Override
  public ScimRequest fix(ScimRequest request) {
    return RewritingQuirk.super.fix(RequestFilters.renamed(request, this, ENDING));
  }

  @Override
  public String path(ResourceDefinition definition, String path) {
    if (path.indexOf('.') < 0 || !path.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
      return path;
    }
    String meant = path.substring(0, path.length() - WRONG.length()) + RIGHT;
    return AttributePath.find(definition, meant)
        .map(AttributePath::attribute)
        .filter(Attribute::multiValued)
        .map(it -> meant)
        .orElse(path);
  }

  @Override
  public JsonNode value(Attribute attribute, JsonNode value) {
    if (!attribute.multiValued()
        || attribute.sub(RIGHT).isEmpty()
        || !(value instanceof ArrayNode elements)) {
      return value;
    }
    return CopyOnWrite.elements(elements, DisplayFromDisplayName::element);
  }

  private static JsonNode element(JsonNode sent) {
    if (!(sent instanceof ObjectNode object)
        || !MemberNames.has(object, WRONG)
        || MemberNames.has(object, RIGHT)) {
      return sent;
    }
    ObjectNode meant = CopyOnWrite.copy(object);
    return meant.set(RIGHT, MemberNames.take(meant, WRONG));
  }
}
