package io.gatehouse.camel.routefile;

import io.gatehouse.edge.ScimRequest.Line;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The bodies that a mapping applies to: {@code map:<word>}. It leaves other bodies unchanged. */
enum MappingTarget {
  /** Whole users, in POST and PUT. */
  USERS,
  /** Whole groups, in POST and PUT. */
  GROUPS,
  /** Any PATCH. */
  PATCHES;

  static Optional<MappingTarget> at(String uri) {
    return Arrays.stream(values()).filter(it -> it.uri().equals(uri)).findFirst();
  }

  static List<String> uris() {
    return Arrays.stream(values()).map(MappingTarget::uri).toList();
  }

  String uri() {
    return "map:" + name().toLowerCase(Locale.ROOT);
  }

  boolean include(Line line) {
    return switch (this) {
      case USERS -> whole(line, "Users");
      case GROUPS -> whole(line, "Groups");
      case PATCHES -> line.method().equals("PATCH");
    };
  }

  private static boolean whole(Line line, String collection) {
    return line.method().equals("POST") && line.path().equals(collection)
        || line.method().equals("PUT") && line.path().startsWith(collection + "/");
  }
}
