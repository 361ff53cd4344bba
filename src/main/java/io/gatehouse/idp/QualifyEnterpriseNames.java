package io.gatehouse.idp;

import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schema;

/**
 * ENTRA-18, ENTRA-32: {@code "department":"Legal"} at the top of a resource becomes {@code
 * "urn:...:enterprise:2.0:User":{"department":"Legal"}}, and the path {@code manager} becomes
 * {@code urn:...:enterprise:2.0:User:manager}.
 */
final class QualifyEnterpriseNames implements RewritingQuirk {

  @Override
  public String name() {
    return "qualify-enterprise-names";
  }

  @Override
  public String path(ResourceDefinition definition, String path) {
    if (definition.type() != ResourceType.USER) {
      return path;
    }
    String head = head(path);
    boolean enterprise =
        definition.attribute(head).isEmpty()
            && definition
                .defined(Schema.ENTERPRISE_USER)
                .flatMap(it -> it.attribute(head))
                .isPresent();
    return enterprise ? Schema.ENTERPRISE_USER + ":" + path : path;
  }

  /** The name before a sub-attribute or a filter. */
  private static String head(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '.' || path.charAt(i) == '[') {
        return path.substring(0, i);
      }
    }
    return path;
  }
}
