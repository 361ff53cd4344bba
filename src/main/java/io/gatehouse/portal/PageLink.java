package io.gatehouse.portal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** The address of a page with the parameters that have a value. */
final class PageLink {

  private final String path;
  private final Map<String, String> parameters = new TreeMap<>();

  PageLink(String path) {
    this.path = path;
  }

  PageLink with(String name, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      parameters.put(name, value.toString());
    }
    return this;
  }

  /** The address; null when one of these parameters has no value. */
  @Nullable String orNullWithout(String... needed) {
    return parameters.keySet().containsAll(List.of(needed)) ? toString() : null;
  }

  @Override
  public String toString() {
    String query =
        parameters.entrySet().stream()
            .map(it -> it.getKey() + "=" + UriUtils.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }
}
