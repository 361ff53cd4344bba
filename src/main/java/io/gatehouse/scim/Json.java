package io.gatehouse.scim;

import static com.fasterxml.jackson.core.JsonGenerator.Feature.AUTO_CLOSE_TARGET;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON: bounded, no duplicate members, no content after the document. */
public final class Json {

  private static final int MAX_DEPTH = 50;
  private static final int MAX_STRING = 256 * 1024;
  private static final int MAX_NAME = 512;
  private static final int MAX_DIGITS = 1000;
  private static final int MAX_MEMBERS = 1000;

  public static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_STRING)
                          .maxNameLength(MAX_NAME)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final ObjectReader STORED =
      MAPPER.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  private Json() {}

  /**
   * Reads a request body.
   *
   * @throws ScimException 400 invalidSyntax unless the bytes are one JSON object (RFC 7644 section
   *     3.12)
   */
  public static ObjectNode object(byte[] body) {
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) {
        requireStorable(object);
        return object;
      }
    } catch (JsonProcessingException e) {
      throw ScimException.invalidSyntax("The body is not well-formed JSON: " + what(e) + where(e));
    } catch (NumberFormatException e) {
      throw ScimException.invalidSyntax("The body has a number that is out of range.");
    } catch (IOException e) {
      throw ScimException.invalidSyntax("The body is not text.");
    }
    throw ScimException.invalidSyntax("The body must be one JSON object.");
  }

  /** What is wrong, without the words that the parser has for its own settings. */
  private static String what(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst("(?s)\\s*\\(start marker at \\[Source:.*", "");
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  /**
   * Reads JSON values that follow one another, separated by white space only.
   *
   * @throws ScimException 400 invalidSyntax unless the bytes are that
   */
  public static List<JsonNode> values(byte[] body) {
    ObjectReader one = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    List<JsonNode> all = new ArrayList<>();
    try (JsonParser parser = one.createParser(body)) {
      JsonNode next = one.readTree(parser);
      while (next != null && !next.isMissingNode()) {
        requireStorable(next);
        all.add(next);
        next = one.readTree(parser);
      }
      return all;
    } catch (NumberFormatException e) {
      throw ScimException.invalidSyntax("The body has a number that is out of range.");
    } catch (IOException e) {
      throw ScimException.invalidSyntax("The body is not well-formed JSON.");
    }
  }

  /**
   * Refuses values that PostgreSQL cannot store: NUL in text, lone surrogates, and numbers out of
   * range; and objects with more names than any schema has, because each quirk looks at each name.
   */
  private static void requireStorable(JsonNode node) {
    if (node.isObject() && node.size() > MAX_MEMBERS) {
      throw ScimException.tooMany("An object has more than %d attributes.".formatted(MAX_MEMBERS));
    }
    if (node.isNumber() && !isNumber(node.decimalValue())) {
      throw ScimException.invalidValue("A number has more digits than can be kept.");
    }
    if (node.isTextual() && !isText(node.textValue())) {
      throw ScimException.invalidValue("A string contains NUL or half of a surrogate pair.");
    }
    node.fieldNames().forEachRemaining(Json::requireName);
    node.forEach(Json::requireStorable);
  }

  private static void requireName(String name) {
    if (!isText(name)) {
      throw ScimException.invalidSyntax("An attribute name contains a control character.");
    }
  }

  /** Whether PostgreSQL can store this string. */
  public static boolean isText(String text) {
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      if (point == 0 || Character.getType(point) == Character.SURROGATE) {
        return false;
      }
      i += Character.charCount(point);
    }
    return true;
  }

  /** Whether PostgreSQL can store this number, and computations with it are fast. */
  public static boolean isNumber(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS;
  }

  /** Reads text that Gatehouse has written, or PostgreSQL: no name occurs twice in an object. */
  public static ObjectNode stored(String text) {
    try {
      return (ObjectNode) STORED.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a tree. It need not be in memory as a whole: a value in it may write itself.
   *
   * @throws IOException when the stream fails; other exceptions come from a value that writes
   *     itself
   */
  public static void write(JsonNode node, OutputStream out) throws IOException {
    try (JsonGenerator generator = MAPPER.createGenerator(out).disable(AUTO_CLOSE_TARGET)) {
      MAPPER.writeTree(generator, node);
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** Whether a value means "unassigned": absent, null or an empty array (RFC 7643 section 2.5). */
  public static boolean unassigned(@Nullable JsonNode value) {
    return value == null
        || value.isNull()
        || value.isMissingNode()
        || (value.isContainerNode() && value.isEmpty());
  }

  /** Whether a value explicitly means none: null or an empty array, but not an empty object. */
  public static boolean isNothing(JsonNode value) {
    return value.isNull() || (value.isArray() && value.isEmpty());
  }

  /** The text of a member, or null when it is absent or not a string. */
  public static @Nullable String text(JsonNode object, String member) {
    return object.path(member).textValue();
  }
}
