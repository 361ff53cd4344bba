package io.gatehouse.directory;

import org.jspecify.annotations.Nullable;

/**
 * If-Match and If-None-Match (RFC 9110 section 13.1, RFC 7644 section 3.14), compared weakly,
 * because the gateway's entity tags are weak.
 */
public final class Preconditions {

  private Preconditions() {}

  /** Whether a write may proceed: no header, {@code *}, or a list that has the current version. */
  public static boolean met(@Nullable String ifMatch, long version) {
    return ifMatch == null || listed(ifMatch, version);
  }

  /** Whether the list of entity tags names this version. */
  public static boolean listed(String tags, long version) {
    for (String tag : tags.split(",")) {
      String opaque = tag.strip().startsWith("W/") ? tag.strip().substring(2) : tag.strip();
      if (opaque.equals("*") || opaque.equals("\"" + version + "\"")) {
        return true;
      }
    }
    return false;
  }
}
