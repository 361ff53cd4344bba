package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.ResourceDefinition;

/**
 * A quirk that rewrites names and values one by one, wherever they stand: in a resource, or in an
 * operation of a PATCH.
 */
interface RewritingQuirk extends Quirk {

  /** The name in the catalogue, for the record of repairs. */
  String name();

  /** What a path, the name of an attribute or the URN of a schema meant. */
  default String path(ResourceDefinition definition, String path) {
    return path;
  }

  /**
   * What the value of an attribute meant. Values inside of it are asked for afterwards, one by one.
   */
  default JsonNode value(Attribute attribute, JsonNode value) {
    return value;
  }

  @Override
  default ScimRequest fix(ScimRequest request) {
    return request.writes() ? RewriteWalk.of(this, request) : request;
  }
}
