package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Compares the answers of the admin API with its OpenAPI document. */
public final class OpenApiContract {

  public static final Path FILE = Path.of("src/main/resources/openapi.yaml");

  private static final String API = "/admin/api/v1/";
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());
  private static OpenApiContract committed;

  private final JsonNode document;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();
  private final JsonNode strictComponents;

  /** An operation; one with fewer variables is preferred. */
  private record Operation(String method, Pattern path, int variables, JsonNode json) {}

  private OpenApiContract(JsonNode document) {
    this.document = document;
    this.strictComponents = closed(document.path("components").deepCopy());
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      Pattern pattern =
          Pattern.compile(path.getKey().replace(".", "\\.").replaceAll("\\{[^/]+?}", "[^/]+?"));
      int variables = path.getKey().split("\\{", -1).length;
      for (Map.Entry<String, JsonNode> it : path.getValue().properties()) {
        operations.add(
            new Operation(it.getKey().toUpperCase(Locale.ROOT), pattern, variables, it.getValue()));
      }
    }
    operations.sort(java.util.Comparator.comparingInt(Operation::variables));
  }

  /** The document in the sources. */
  public static synchronized OpenApiContract committed() {
    if (committed == null) {
      try {
        committed = of(Files.readString(FILE));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return committed;
  }

  /** A document as YAML. */
  public static OpenApiContract of(String yaml) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return new OpenApiContract(Json.MAPPER.valueToTree(tree));
  }

  public JsonNode document() {
    return document;
  }

  /** Whether there is an operation; the path may have a query. */
  public boolean knows(String method, String path) {
    return operation(method, path).isPresent();
  }

  /** What is wrong with an answer; empty when nothing is. */
  public List<String> wrong(String method, String path, Gateway.Answer answer) {
    Optional<JsonNode> operation = operation(method, path);
    int status = answer.status();
    if (operation.isEmpty()) {
      return status / 100 == 2
          ? List.of(method + " " + path + " is not in openapi.yaml; OpenApiTest writes it")
          : List.of();
    }
    JsonNode responses = operation.get().path("responses");
    JsonNode response =
        responses.has(String.valueOf(status))
            ? responses.path(String.valueOf(status))
            : status / 100 == 2
                ? responses.path("2XX")
                : document.at("/components/responses/Problem");
    if (response.isMissingNode()) {
      return List.of(method + " " + path + " is answered " + status + ", which is not described");
    }
    return content(response.path("content"), answer);
  }

  private List<String> content(JsonNode described, Gateway.Answer answer) {
    String type = answer.header("Content-Type").split(";", 2)[0];
    if (answer.http().body().isEmpty()) {
      return List.of();
    }
    JsonNode content = described.has(type) ? described.path(type) : described.path("*/*");
    if (content.isMissingNode()) {
      return List.of("A body of type '" + type + "' is not described");
    }
    return answer.json().isMissingNode()
        ? List.of()
        : compiled
            .computeIfAbsent(content.path("schema"), this::compile)
            .validate(answer.json())
            .stream()
            .map(Object::toString)
            .toList();
  }

  /** A reference with its components; plain text is not validated. */
  private Schema compile(JsonNode schema) {
    ObjectNode whole = closed(schema.deepCopy());
    if (schema.path("type").asText().equals("string")) {
      whole = Json.object();
    }
    whole.set("components", strictComponents);
    return SCHEMAS.getSchema(whole);
  }

  /** A property that is not described is wrong here, though clients should ignore it. */
  @SuppressWarnings("unchecked")
  private static <T extends JsonNode> T closed(JsonNode schema) {
    schema.forEach(OpenApiContract::closed);
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
    return (T) schema;
  }

  private Optional<JsonNode> operation(String method, String path) {
    String plain = path.split("\\?", 2)[0];
    return operations.stream()
        .filter(it -> it.method().equals(method) && it.path().matcher(plain).matches())
        .map(Operation::json)
        .findFirst();
  }

  /** Fails a call of the admin API whose answer does not fit the document. */
  static Gateway.Answer checked(String method, String path, Gateway.Answer answer) {
    if (path.startsWith(API) && Files.exists(FILE)) {
      List<String> wrong = committed().wrong(method, path, answer);
      if (!wrong.isEmpty()) {
        throw new AssertionError(
            "%s %s, %d: %s%n%s"
                .formatted(method, path, answer.status(), wrong, answer.http().body()));
      }
    }
    return answer;
  }
}
