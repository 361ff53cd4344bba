package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fixture calls {@code {{name}}}: ids of what was seeded, the token, what was captured, and
 * {@code {{jwt: claim=value ...}}}, a token of Entra ID.
 */
final class Variables {

  private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^}]+)}}");

  private static final String JWT = "jwt:";

  private final UUID entraTenant = UUID.randomUUID();
  private final Map<String, String> values = new HashMap<>();

  void put(String name, String value) {
    values.put(name, value);
  }

  /** The tenant of Entra ID whose tokens are meant. */
  UUID entraTenant() {
    return entraTenant;
  }

  /** The ids of all that were seeded, by {@code user.KEY} and {@code group.KEY}. */
  Set<String> resources() {
    Set<String> names = new TreeSet<>(values.keySet());
    names.removeIf(it -> !it.startsWith("user.") && !it.startsWith("group."));
    return names;
  }

  /** The id that {@code user.KEY} stands for, seeded or captured under {@code KEY}. */
  UUID id(String reference) {
    String key = reference.substring(reference.indexOf('.') + 1);
    return UUID.fromString(values.containsKey(reference) ? value(reference) : value(key));
  }

  private String value(String name) {
    if (name.startsWith(JWT)) {
      return EntraAuthority.shared().issue(entraTenant, name.substring(JWT.length()));
    }
    String value = values.get(name.strip());
    if (value == null) {
      throw new AssertionError("The fixture needs {{" + name + "}}, which is not known.");
    }
    return value;
  }

  String fill(String text) {
    return VARIABLE.matcher(text).replaceAll(it -> Matcher.quoteReplacement(value(it.group(1))));
  }

  JsonNode fill(JsonNode template) {
    try {
      return Json.MAPPER.readTree(fill(Json.text(template)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether everything is known that a template names. */
  boolean knows(JsonNode template) {
    return VARIABLE
        .matcher(Json.text(template))
        .results()
        .allMatch(it -> values.containsKey(it.group(1).strip()));
  }
}
