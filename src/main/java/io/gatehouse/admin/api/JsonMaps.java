package io.gatehouse.admin.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.util.Map;

/** JSON trees as maps: the stages use Jackson 2, and Spring writes answers with Jackson 3. */
final class JsonMaps {

  private JsonMaps() {}

  static Map<String, Object> map(ObjectNode tree) {
    return Json.MAPPER.convertValue(tree, new TypeReference<>() {});
  }
}
