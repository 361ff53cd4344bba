package io.gatehouse.security;

import io.gatehouse.edge.ScimBasePath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** The same request, with one slash where several follow the base URL of SCIM. */
final class WithoutEmptySegments extends HttpServletRequestWrapper {

  private static final String BASE = ScimBasePath.PATH + "/";

  WithoutEmptySegments(HttpServletRequest request) {
    super(request);
  }

  @Override
  public String getRequestURI() {
    return collapsed(super.getRequestURI());
  }

  @Override
  public StringBuffer getRequestURL() {
    String url = super.getRequestURL().toString();
    int path = url.indexOf(BASE);
    return new StringBuffer(url.substring(0, path) + collapsed(url.substring(path)));
  }

  @Override
  public String getPathInfo() {
    String servlet = getServletPath();
    return collapsed(servlet + super.getPathInfo()).substring(servlet.length());
  }

  private static String collapsed(String path) {
    return path.startsWith(BASE)
        ? BASE + path.substring(BASE.length()).replaceFirst("^/+", "")
        : path;
  }
}
