package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.ResourceDefinition;

/**
 * A quirk that rewrites names and values one by one, in a resource or in an operation of a PATCH.
 */
interface RewritingQuirk extends Quirk {

  /** The name in the catalogue, for the record of repairs. */
  String name();

  /** The intended form of a path, an attribute name or a schema URN. */
  default String path(ResourceDefinition definition, String path) {
    return path;
  }

  /**
   * The intended form of an attribute's value: the same object if it is right, else a copy, because
   * the value is shared. Nested values are rewritten afterwards, one by one.
   */
  default JsonNode value(Attribute attribute, JsonNode value) {
    return value;
  }

  @Override
  default ScimRequest fix(ScimRequest request) {
    return request.writes() ? RewriteWalk.of(this, request) : request;
  }
}
