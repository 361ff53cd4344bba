package io.gatehouse.edge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schema;
import io.gatehouse.scim.Schemas;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers discovery: the service provider configuration, and the resource types and schemas of a
 * tenant (RFC 7644 section 4).
 */
public final class DiscoveryHandler {

  static final String CONFIG = "ServiceProviderConfig";
  static final String SCHEMAS = "Schemas";
  static final String RESOURCE_TYPES = "ResourceTypes";

  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  /**
   * Answers a GET of a discovery endpoint; empty for other paths. Paging and sorting are ignored
   * there.
   *
   * @throws ScimException 404 for an unknown schema or type, 403 for a filter on a list
   */
  public Optional<ScimResponse> answer(ScimRequest request) {
    Asked asked = new Asked(request.catalogue(), request.line());
    String[] parts = request.line().path().split("/", 2);
    String name = parts.length == 2 ? parts[1] : null;
    return switch (parts[0]) {
      case CONFIG -> Optional.of(ok(asked.config()));
      case SCHEMAS -> Optional.of(asked.among(asked.schemas(), name));
      case RESOURCE_TYPES -> Optional.of(asked.among(asked.resourceTypes(), name));
      default -> Optional.empty();
    };
  }

  /** One discovery request, with the schemas of its tenant. */
  private record Asked(Schemas catalogue, ScimRequest.Line line) {

    private ObjectNode config() {
      ObjectNode config = resource(CONFIG, CONFIG);
      Capabilities.describe(config);
      return located(config, "/" + CONFIG);
    }

    private List<ObjectNode> schemas() {
      return catalogue.published().stream()
          .map(Schema::json)
          .map(json -> Objects.requireNonNull(json).deepCopy())
          .map(json -> located(json, "/" + SCHEMAS + "/" + json.path("id").asText()))
          .toList();
    }

    private List<ObjectNode> resourceTypes() {
      return Arrays.stream(ResourceType.values()).map(this::resourceType).toList();
    }

    private ObjectNode resourceType(ResourceType type) {
      ResourceDefinition definition = catalogue.definition(type);
      ObjectNode json = resource("ResourceType", type.label());
      json.put("name", type.label());
      json.put("description", definition.core().description());
      json.put("endpoint", "/" + type.endpoint());
      json.put("schema", definition.core().urn());
      ArrayNode extensions = json.putArray("schemaExtensions");
      definition
          .extensions()
          .forEach(
              it ->
                  extensions
                      .addObject()
                      .put("schema", it.schema().urn())
                      .put("required", it.required()));
      return located(json, "/" + RESOURCE_TYPES + "/" + type.label());
    }

    private static ObjectNode resource(String kind, String id) {
      ObjectNode json = Json.object();
      json.putArray("schemas").add(CORE + kind);
      return json.put("id", id);
    }

    private ObjectNode located(ObjectNode json, String path) {
      String schema = json.path("schemas").path(0).asText();
      json.putObject("meta")
          .put("resourceType", schema.substring(CORE.length()))
          .put("location", line.base() + path);
      return json;
    }

    /** URNs are compared without regard to case (RFC 7644 section 3.10). */
    private ScimResponse among(List<ObjectNode> all, @Nullable String id) {
      if (id == null) {
        return list(all);
      }
      return all.stream()
          .filter(it -> it.path("id").asText().equalsIgnoreCase(id))
          .findFirst()
          .map(DiscoveryHandler::ok)
          .orElseThrow(
              () -> new ScimException(ScimError.notFound("There is no " + line.path() + ".")));
    }

    private ScimResponse list(List<ObjectNode> all) {
      if (line.parameters().containsKey("filter")) {
        throw new ScimException(new ScimError(403, null, "This list cannot be filtered."));
      }
      ObjectNode body = Json.object();
      body.putArray("schemas").add(LIST);
      body.put("totalResults", all.size());
      body.put("startIndex", 1);
      body.put("itemsPerPage", all.size());
      body.putArray("Resources").addAll(all);
      return ok(body);
    }
  }

  private static ScimResponse ok(ObjectNode body) {
    return new ScimResponse(200, Map.of(), body);
  }
}
