package io.gatehouse.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose body, an HTML form, was read; its fields are parameters. */
public final class FormRequest extends BodyRequest {

  private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  /** More than any form of the portal has. */
  private static final int MAX_FIELDS = 1_000;

  private final Map<String, String[]> parameters;

  /**
   * Reads the fields.
   *
   * @throws IllegalArgumentException when the body is not encoded as a form, or has too many fields
   */
  public FormRequest(HttpServletRequest request, byte[] body) {
    super(request, () -> new ByteArrayInputStream(body));
    String form = new String(body, StandardCharsets.UTF_8);
    String[] fields = form.isEmpty() ? new String[0] : form.split("&", MAX_FIELDS + 1);
    if (fields.length > MAX_FIELDS) {
      throw new IllegalArgumentException("A form has at most " + MAX_FIELDS + " fields.");
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    request
        .getParameterMap()
        .forEach((name, given) -> values.put(name, new ArrayList<>(List.of(given))));
    for (String field : fields) {
      add(values, field);
    }
    this.parameters = new LinkedHashMap<>();
    values.forEach((name, given) -> parameters.put(name, given.toArray(String[]::new)));
  }

  /** Whether the body of a request is an HTML form. */
  public static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE);
  }

  private static void add(Map<String, List<String>> values, String field) {
    String[] parts = field.split("=", 2);
    String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
    values
        .computeIfAbsent(
            URLDecoder.decode(parts[0], StandardCharsets.UTF_8), name -> new ArrayList<>())
        .add(value);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Collections.unmodifiableMap(parameters);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return parameters.get(name);
  }
}
