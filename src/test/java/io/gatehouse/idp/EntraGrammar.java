package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The two ways in which Microsoft Entra ID writes what it means. */
enum EntraGrammar {

  /** Capital operations, one for each attribute, and strings for booleans. */
  DEFAULT {
    @Override
    String url(String path) {
      return path;
    }

    @Override
    JsonNode flag(boolean value) {
      return TextNode.valueOf(value ? "True" : "False");
    }

    @Override
    List<ObjectNode> changes(boolean first, Map<String, JsonNode> values) {
      List<ObjectNode> operations = new ArrayList<>();
      values.forEach((path, it) -> operations.add(operation(first ? "Add" : "Replace", path, it)));
      return operations;
    }

    @Override
    List<ObjectNode> joining(Collection<UUID> ids) {
      return List.of(operation("Add", "members", members(ids)));
    }

    @Override
    List<ObjectNode> leaving(Collection<UUID> ids) {
      return List.of(operation("Remove", "members", members(ids)));
    }
  },

  /** With the flag in the tenant's URL: what has one value in one operation, with paths as keys. */
  COMPLIANT {
    @Override
    String url(String path) {
      return path + (path.contains("?") ? "&" : "?") + "aadOptscim062020";
    }

    @Override
    JsonNode flag(boolean value) {
      return BooleanNode.valueOf(value);
    }

    @Override
    List<ObjectNode> changes(boolean first, Map<String, JsonNode> values) {
      String op = first ? "add" : "replace";
      List<ObjectNode> operations = new ArrayList<>();
      ObjectNode merged = Json.object();
      values.forEach(
          (path, it) -> {
            if (path.contains("[")) {
              operations.add(operation(op, path, it));
            } else {
              merged.set(path, it);
            }
          });
      operations.add(Json.object().put("op", op).set("value", merged));
      return operations;
    }

    @Override
    List<ObjectNode> joining(Collection<UUID> ids) {
      return List.of(operation("add", "members", members(ids)));
    }

    @Override
    List<ObjectNode> leaving(Collection<UUID> ids) {
      return ids.stream()
          .map(
              it ->
                  Json.object()
                      .put("op", "remove")
                      .put("path", "members[value eq \"%s\"]".formatted(it)))
          .toList();
    }
  };

  abstract String url(String path);

  abstract JsonNode flag(boolean value);

  /** What has changed, or is said for the first time. */
  abstract List<ObjectNode> changes(boolean first, Map<String, JsonNode> values);

  abstract List<ObjectNode> joining(Collection<UUID> ids);

  abstract List<ObjectNode> leaving(Collection<UUID> ids);

  private static ObjectNode operation(String op, String path, JsonNode value) {
    return Json.object().put("op", op).put("path", path).set("value", value);
  }

  private static JsonNode members(Collection<UUID> ids) {
    var members = Json.array();
    ids.forEach(it -> members.addObject().putNull("$ref").put("value", it.toString()));
    return members;
  }
}
