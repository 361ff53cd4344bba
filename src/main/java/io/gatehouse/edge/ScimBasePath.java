package io.gatehouse.edge;

import java.util.Optional;

/** The base path of SCIM. The version is a whole segment of the path (RFC 7644 section 3.13). */
public final class ScimBasePath {

  public static final String PATH = "/scim/v2";

  private ScimBasePath() {}

  /**
   * The path below the base URL, without the slashes at its ends, so that {@code /Users/} is {@code
   * Users} (checklist A28); empty when it is not below it.
   *
   * @param path of a URL, for example {@code /scim/v2/Users/42}
   */
  public static Optional<String> below(String path) {
    if (path.equals(PATH)) {
      return Optional.of("");
    }
    if (!path.startsWith(PATH + "/")) {
      return Optional.empty();
    }
    String inner = path.substring(PATH.length() + 1);
    return Optional.of(inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner);
  }
}
