package io.gatehouse.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.OpenToAll;
import io.gatehouse.access.Requires;
import io.gatehouse.scim.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Makes the OpenAPI document of the admin API from its controllers and their Javadoc. */
public final class OpenApiDocument {

  private static final String API = "/admin/api/v1";
  private static final String HEAD =
      """
      # Made from the controllers by OpenApiTest; do not edit. To write it again:
      # ./mvnw test -Dtest=OpenApiTest#theFileIsThatOfTheControllers -DargLine=-Dupdate=true
      """;
  private static final String ABOUT =
      "Controls and monitors the gateway. Each call carries a bearer token; x-required-role is the role"
          + " that it needs. The header Gatehouse-Reason or the parameter reason is kept in the audit log."
          + " Errors are problem details (RFC 9457).";

  private final Javadocs javadocs = Javadocs.of("io/gatehouse");
  private final OpenApiSchemas schemas = new OpenApiSchemas(javadocs);

  private OpenApiDocument() {}

  /** The document of a running gateway, as YAML. */
  public static String of(Gateway gateway) {
    ObjectNode document =
        new OpenApiDocument()
            .document(
                gateway
                    .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                    .getHandlerMethods());
    DumperOptions form = new DumperOptions();
    form.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    form.setSplitLines(false);
    return HEAD + new Yaml(form).dump(Json.MAPPER.convertValue(document, Object.class));
  }

  private ObjectNode document(Map<RequestMappingInfo, HandlerMethod> handlers) {
    Map<String, ObjectNode> paths = new TreeMap<>();
    handlers.forEach(
        (info, handler) -> {
          for (String path : info.getPatternValues()) {
            if (path.startsWith(API + "/")) {
              ObjectNode operations = paths.computeIfAbsent(path, it -> Json.object());
              for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                operations.set(
                    method.name().toLowerCase(Locale.ROOT), operation(info, handler, method));
              }
            }
          }
        });
    ObjectNode document = Json.object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Gatehouse admin API")
        .put("version", "1")
        .put("description", ABOUT);
    document.putArray("servers").addObject().put("url", "/");
    document.putArray("security").addObject().putArray("bearer");
    ObjectNode all = document.putObject("paths");
    paths.forEach((path, operations) -> all.set(path, sorted(operations)));
    ObjectNode components = document.putObject("components");
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer");
    problem(components.putObject("responses").putObject("Problem"));
    ObjectNode known = schemas.components();
    known.set("Problem", problemSchema());
    components.set("schemas", sorted(known));
    return document;
  }

  private static ObjectNode sorted(ObjectNode object) {
    ObjectNode sorted = Json.object();
    object.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(it -> sorted.set(it.getKey(), it.getValue()));
    return sorted;
  }

  private static void problem(ObjectNode response) {
    response.put("description", "The call was refused, or failed; the detail says why.");
    response
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
  }

  private static ObjectNode problemSchema() {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    for (String it : List.of("type", "title", "detail", "instance")) {
      properties.putObject(it).put("type", "string");
    }
    properties.putObject("status").put("type", "integer").put("format", "int32");
    schema.putArray("required").add("title").add("status");
    return schema.put("additionalProperties", true);
  }

  private ObjectNode operation(
      RequestMappingInfo info, HandlerMethod handler, RequestMethod httpMethod) {
    Method method = handler.getMethod();
    Class<?> type = method.getDeclaringClass();
    String tag = words(type.getSimpleName().replaceFirst("Controller$", ""));
    String text = javadocs.of(type, method.getName());
    String first = text.split("(?<=\\.)\\s", 2)[0];
    ObjectNode operation = Json.object();
    operation
        .put(
            "operationId",
            OpenApiSchemas.name(type).replaceFirst("Controller$", "") + "-" + method.getName())
        .put(
            "summary",
            first.isEmpty()
                ? Character.toUpperCase(tag.charAt(0))
                    + tag.substring(1)
                    + ": "
                    + words(method.getName())
                : first);
    if (text.length() > first.length()) {
      operation.put("description", text);
    }
    operation.putArray("tags").add(tag);
    Requires role = method.getAnnotation(Requires.class);
    if (role != null) {
      operation.put("x-required-role", role.value().word());
    }
    if (method.isAnnotationPresent(OpenToAll.class)) {
      operation.putArray("security");
    }
    parameters(operation, method);
    body(operation, info, method, httpMethod);
    responses(operation.putObject("responses"), method, produced(info));
    return operation;
  }

  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private void parameters(ObjectNode operation, Method method) {
    for (Parameter it : method.getParameters()) {
      if (it.isAnnotationPresent(PathVariable.class)) {
        parameter(operation, it.getName(), "path", it.getParameterizedType()).put("required", true);
      } else if (it.isAnnotationPresent(RequestParam.class)) {
        RequestParam asked = it.getAnnotation(RequestParam.class);
        String name = asked.name().isEmpty() ? it.getName() : asked.name();
        boolean optional =
            !asked.required()
                || !asked.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                || OpenApiSchemas.isNullable(it.getAnnotatedType());
        parameter(operation, name, "query", it.getParameterizedType()).put("required", !optional);
      } else if (it.getAnnotations().length == 0 && it.getType().isRecord()) {
        search(operation, it.getType());
      }
    }
  }

  /** A record without an annotation is filled from the query. */
  private void search(ObjectNode operation, Class<?> record) {
    for (RecordComponent it : record.getRecordComponents()) {
      ObjectNode parameter = parameter(operation, it.getName(), "query", it.getGenericType());
      parameter.put("required", !OpenApiSchemas.isNullable(it.getAnnotatedType()));
      String text = javadocs.of(record, it.getName());
      if (!text.isEmpty()) {
        parameter.put("description", text);
      }
    }
  }

  private ObjectNode parameter(ObjectNode operation, String name, String in, Type type) {
    ObjectNode parameter = operation.withArray("parameters").addObject();
    parameter.put("name", name).put("in", in).set("schema", schemas.of(type));
    return parameter;
  }

  private void body(
      ObjectNode operation, RequestMappingInfo info, Method method, RequestMethod httpMethod) {
    String type =
        info.getConsumesCondition().getConsumableMediaTypes().stream()
            .findFirst()
            .map(MediaType::toString)
            .orElse(MediaType.APPLICATION_JSON_VALUE);
    boolean json = type.equals(MediaType.APPLICATION_JSON_VALUE);
    for (Parameter it : method.getParameters()) {
      RequestBody asked = it.getAnnotation(RequestBody.class);
      boolean streamed =
          HttpServletRequest.class.isAssignableFrom(it.getType())
              && !json
              && httpMethod != RequestMethod.GET;
      if (asked != null || streamed) {
        boolean bytes = streamed || it.getType() == byte[].class || it.getType() == String.class;
        ObjectNode schema =
            bytes
                ? Json.object().put("type", json ? "object" : "string")
                : schemas.of(it.getParameterizedType());
        ObjectNode body = operation.putObject("requestBody");
        body.put("required", asked == null || asked.required());
        body.putObject("content").putObject(type).set("schema", schema);
      }
    }
  }

  /** The media type that a mapping names; null when it names none. */
  private static String produced(RequestMappingInfo info) {
    return info.getProducesCondition().getProducibleMediaTypes().stream()
        .findFirst()
        .map(MediaType::toString)
        .orElse(null);
  }

  private void responses(ObjectNode responses, Method method, String produced) {
    ResponseStatus status =
        AnnotatedElementUtils.findMergedAnnotation(method, ResponseStatus.class);
    Type type = method.getGenericReturnType();
    boolean entity = method.getReturnType() == ResponseEntity.class;
    if (entity && type instanceof ParameterizedType it) {
      type = it.getActualTypeArguments()[0];
    }
    boolean byHand =
        type == void.class
            && Arrays.stream(method.getParameterTypes())
                .anyMatch(it -> it.getSimpleName().equals("HttpServletResponse"));
    String code =
        status != null ? String.valueOf(status.code().value()) : entity || byHand ? "2XX" : "200";
    ObjectNode response = responses.putObject(code).put("description", "The call was done.");
    boolean raw =
        type instanceof Class<?> it
            && (it == String.class
                || it == byte[].class
                || it.getSimpleName().equals("StreamingResponseBody")
                || it.getSimpleName().equals("Resource"));
    if (produced != null && (raw || byHand)) {
      content(response, produced, Json.object().put("type", "string"));
    } else if (type == SseEmitter.class) {
      content(response, MediaType.TEXT_EVENT_STREAM_VALUE, Json.object().put("type", "string"));
    } else if (raw) {
      content(response, "*/*", Json.object().put("type", "string"));
    } else if (byHand) {
      content(response, MediaType.APPLICATION_JSON_VALUE, Json.object());
    } else if (type != void.class && type != Void.class) {
      content(response, MediaType.APPLICATION_JSON_VALUE, schemas.of(type));
    }
    responses.putObject("default").put("$ref", "#/components/responses/Problem");
  }

  private static void content(ObjectNode response, String type, ObjectNode schema) {
    response.putObject("content").putObject(type).set("schema", schema);
  }
}
