package io.gatehouse.portal;

import io.gatehouse.security.PortalPaths;
import org.jspecify.annotations.Nullable;

/** Redirects to pages of the portal only. */
final class Redirects {

  private Redirects() {}

  /** A wanted path if it is one of the portal, else the overview. */
  static String within(@Nullable String wanted) {
    return PortalPaths.within(wanted);
  }

  /** The name of a view that leads to a path, which begins with {@code /}. */
  static String to(String path) {
    return "redirect:" + path;
  }

  /** The name of a view that leads to a path without a query, where the act is confirmed. */
  static String to(String path, Done done) {
    return to(path) + "?done=" + done.word();
  }
}
