package io.gatehouse.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** What the headers of a request say of its body. */
final class BodyHeaders {

  private BodyHeaders() {}

  /** Whether there is one (RFC 9112 section 6). */
  private static boolean isPresent(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /** Whether it must be decoded; {@code identity} says that it need not (RFC 9110 section 8.4). */
  static boolean isEncoded(HttpServletRequest request) {
    String coding = request.getHeader("Content-Encoding");
    return coding != null
        && !coding.isBlank()
        && !coding.strip().equalsIgnoreCase("identity")
        && isPresent(request);
  }

  /** Whether it is said to be a form, which is what {@code curl -d} says of everything. */
  static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    String lower = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    return isPresent(request)
        && (lower.startsWith("application/x-www-form-urlencoded")
            || lower.startsWith("multipart/"));
  }
}
