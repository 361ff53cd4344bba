package io.gatehouse.security;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The addresses to which a sign-in may lead. */
public final class PortalPaths {

  private static final String HOME = "/admin";

  private static final int LONGEST = 2_000;

  /** A path and a query of the characters of RFC 3986. */
  private static final Pattern PAGE =
      Pattern.compile("/admin(/[A-Za-z0-9/._~-]*)?(\\?[A-Za-z0-9._~%!$&'()*+,;=:@/?-]*)?");

  /** Addresses below the portal that are no pages, or lead to a sign-in again. */
  private static final Pattern OTHERS =
      Pattern.compile("^[^?]*\\.\\.|^/admin/(api|assets|sign-in|sign-out|setup)\\b|^[^?]*//");

  private PortalPaths() {}

  /** The path and the query of an address that a browser names. */
  public static String local(String address) {
    return address.replaceFirst("^https?://[^/]+", "").replaceFirst("#.*", "");
  }

  /** A wanted path, with its query, if it is one of a page of the portal, else the overview. */
  public static String within(@Nullable String wanted) {
    return wanted != null
            && wanted.length() <= LONGEST
            && PAGE.matcher(wanted).matches()
            && !OTHERS.matcher(wanted).find()
        ? wanted
        : HOME;
  }
}
