package io.gatehouse.security;

import org.jspecify.annotations.Nullable;

/** The addresses to which a sign-in may lead. */
public final class PortalPaths {

  private static final String HOME = "/admin";

  private PortalPaths() {}

  /** A wanted path if it is one of the portal, else the overview. */
  public static String within(@Nullable String wanted) {
    return wanted != null && wanted.matches("/admin(/[A-Za-z0-9/._~-]*)?") && !wanted.contains("..")
        ? wanted
        : HOME;
  }
}
