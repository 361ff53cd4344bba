package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer of an API.
 *
 * @param headers by their names in lower case
 * @param json missing when there is none
 */
record ApiResponse(int status, Map<String, List<String>> headers, JsonNode json) {

  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?");

  boolean isOk() {
    return status / 100 == 2;
  }

  Optional<String> header(String name) {
    return all(name).stream().findFirst();
  }

  private List<String> all(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** The next page, by the Link headers of RFC 8288; empty when this is the last. */
  Optional<String> next() {
    return all("Link").stream()
        .map(NEXT::matcher)
        .filter(Matcher::find)
        .map(it -> it.group(1))
        .findFirst();
  }
}
