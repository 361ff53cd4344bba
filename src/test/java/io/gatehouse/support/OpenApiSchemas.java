package io.gatehouse.support;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** JSON schemas of the types that the admin API takes and answers. */
final class OpenApiSchemas {

  private static final Map<Class<?>, String[]> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, new String[] {"string"}),
          Map.entry(UUID.class, new String[] {"string", "uuid"}),
          Map.entry(Instant.class, new String[] {"string", "date-time"}),
          Map.entry(URI.class, new String[] {"string", "uri"}),
          Map.entry(int.class, new String[] {"integer", "int32"}),
          Map.entry(Integer.class, new String[] {"integer", "int32"}),
          Map.entry(long.class, new String[] {"integer", "int64"}),
          Map.entry(Long.class, new String[] {"integer", "int64"}),
          Map.entry(double.class, new String[] {"number", "double"}),
          Map.entry(Double.class, new String[] {"number", "double"}),
          Map.entry(boolean.class, new String[] {"boolean"}),
          Map.entry(Boolean.class, new String[] {"boolean"}));

  private final Javadocs javadocs;
  private final Map<String, ObjectNode> components = new TreeMap<>();

  OpenApiSchemas(Javadocs javadocs) {
    this.javadocs = javadocs;
  }

  /** The schemas of all records that were named. */
  ObjectNode components() {
    ObjectNode all = Json.object();
    components.forEach(all::set);
    return all;
  }

  /** The schema of a type; a record is a reference to a component. */
  ObjectNode of(Type type) {
    if (type instanceof ParameterizedType it) {
      Class<?> raw = (Class<?>) it.getRawType();
      Type[] of = it.getActualTypeArguments();
      if (Collection.class.isAssignableFrom(raw)) {
        ObjectNode array = Json.object().put("type", "array").set("items", of(of[0]));
        return Set.class.isAssignableFrom(raw) ? array.put("uniqueItems", true) : array;
      }
      if (Map.class.isAssignableFrom(raw)) {
        return Json.object().put("type", "object").set("additionalProperties", of(of[1]));
      }
      return of(raw);
    }
    return type instanceof WildcardType it
        ? of(it.getUpperBounds()[0])
        : type instanceof Class<?> it ? of(it) : Json.object();
  }

  private ObjectNode of(Class<?> type) {
    String[] simple = SIMPLE.get(type);
    if (simple != null) {
      ObjectNode schema = Json.object().put("type", simple[0]);
      return simple.length == 1 ? schema : schema.put("format", simple[1]);
    }
    if (type.isEnum()) {
      ObjectNode schema = Json.object().put("type", "string");
      ArrayNode values = schema.putArray("enum");
      for (Object it : type.getEnumConstants()) {
        values.add(((Enum<?>) it).name());
      }
      return schema;
    }
    if (type.isRecord()) {
      String name = name(type);
      if (!components.containsKey(name)) {
        components.put(name, Json.object());
        components.put(name, record(type));
      }
      return Json.object().put("$ref", "#/components/schemas/" + name);
    }
    return Json.object();
  }

  /** Simple names repeat: {@code UsersPage} is the record {@code Page} of the users. */
  static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null
        ? type.getSimpleName()
        : name(outer).replaceFirst("Controller$", "") + type.getSimpleName();
  }

  private ObjectNode record(Class<?> type) {
    JsonInclude include = type.getAnnotation(JsonInclude.class);
    boolean leavesOut = include != null && include.value() == JsonInclude.Include.NON_NULL;
    ObjectNode schema = Json.object().put("type", "object");
    describe(schema, javadocs.of(type));
    ArrayNode required = Json.array();
    ObjectNode properties = schema.putObject("properties");
    for (RecordComponent it : type.getRecordComponents()) {
      ObjectNode property = of(it.getGenericType());
      if (isNullable(it.getAnnotatedType())) {
        property = leavesOut ? property : orNull(property);
      } else {
        required.add(it.getName());
      }
      describe(property, javadocs.of(type, it.getName()));
      properties.set(it.getName(), property);
    }
    return required.isEmpty() ? schema : schema.set("required", required);
  }

  static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (schema.has("type")) {
      String type = schema.path("type").asText();
      schema.putArray("type").add(type).add("null");
      if (schema.has("enum")) {
        schema.withArray("enum").addNull();
      }
      return schema;
    }
    if (schema.has("$ref")) {
      ObjectNode either = Json.object();
      either.putArray("anyOf").add(schema).add(Json.object().put("type", "null"));
      return either;
    }
    return schema;
  }

  private static void describe(ObjectNode schema, String text) {
    if (!text.isEmpty()) {
      schema.put("description", text);
    }
  }
}
