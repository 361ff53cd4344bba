package io.gatehouse.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** Reads the headers about the body of a request. */
final class BodyHeaders {

  private BodyHeaders() {}

  /** Whether there is a body (RFC 9112 section 6). */
  private static boolean isPresent(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /** Whether the body is encoded; {@code identity} means that it is not (RFC 9110 section 8.4). */
  static boolean isEncoded(HttpServletRequest request) {
    String coding = request.getHeader("Content-Encoding");
    return coding != null
        && !coding.isBlank()
        && !coding.strip().equalsIgnoreCase("identity")
        && isPresent(request);
  }

  /** Whether the content type is that of a form, which is the default of {@code curl -d}. */
  static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    String lower = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    return isPresent(request)
        && (lower.startsWith("application/x-www-form-urlencoded")
            || lower.startsWith("multipart/"));
  }
}
