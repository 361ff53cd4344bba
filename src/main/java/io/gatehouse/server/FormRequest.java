package io.gatehouse.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose body, an HTML form, was read; its fields are parameters. */
public final class FormRequest extends BodyRequest {

  private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  private final Map<String, String[]> parameters;

  /**
   * Reads the fields.
   *
   * @throws IllegalArgumentException when the body is not encoded as a form
   */
  public FormRequest(HttpServletRequest request, byte[] body) {
    super(request, () -> new ByteArrayInputStream(body));
    this.parameters = new LinkedHashMap<>(request.getParameterMap());
    String form = new String(body, StandardCharsets.UTF_8);
    if (!form.isEmpty()) {
      Arrays.stream(form.split("&")).forEach(this::add);
    }
  }

  /** Whether the body of a request is an HTML form. */
  public static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE);
  }

  private void add(String field) {
    String[] parts = field.split("=", 2);
    String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
    String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
    parameters.merge(name, new String[] {value}, FormRequest::joined);
  }

  private static String[] joined(String[] before, String[] more) {
    String[] all = Arrays.copyOf(before, before.length + 1);
    all[before.length] = more[0];
    return all;
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
