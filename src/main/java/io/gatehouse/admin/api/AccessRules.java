package io.gatehouse.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for what administrators and tokens are called and may do, and how that is recorded. */
final class AccessRules {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}");

  private static final int MAX_TOKEN_NAME = 100;

  /** Controls, also of the direction of text, line separators, and code points that are none. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private static final Pattern EDGE = Pattern.compile("^\\p{Z}|\\p{Z}$");

  private AccessRules() {}

  static Role role(@Nullable String word) {
    return Role.of(word == null ? "" : word)
        .orElseThrow(
            () ->
                ProblemException.badRequest(
                    "'role' must be one of "
                        + Arrays.stream(Role.values()).map(Role::word).toList()
                        + "."));
  }

  /** A name without spaces, which cannot be taken for another actor in the audit log. */
  static String administratorName(@Nullable String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw ProblemException.badRequest(
          "'name' must be 1 to 100 of letters, digits and '._@+-', and begin with a letter or a digit.");
    }
    return name;
  }

  static String tokenName(@Nullable String name) {
    if (name == null || name.isBlank()) {
      throw ProblemException.badRequest("'name' is required, and says what the token is for.");
    }
    if (name.length() > MAX_TOKEN_NAME || !Json.isText(name)) {
      throw ProblemException.badRequest(
          "'name' must be a text of at most " + MAX_TOKEN_NAME + " characters.");
    }
    if (UNSEEN.matcher(name).find()) {
      throw ProblemException.badRequest(
          "'name' must not have characters that are not shown, such as line ends and controls of the"
              + " direction of text.");
    }
    if (EDGE.matcher(name).find()) {
      throw ProblemException.badRequest("'name' must not begin or end with a space.");
    }
    return name;
  }

  /** The part of an audit entry that says which administrator, token or link an act concerns. */
  static ObjectNode about(String kind, String name) {
    ObjectNode detail = Json.object();
    detail.putObject("about").put("kind", kind).put("name", name);
    return detail;
  }

  /** The same with role and tenants. */
  static ObjectNode about(String kind, String name, Role role, @Nullable List<String> tenants) {
    ObjectNode detail = about(kind, name);
    ObjectNode about = (ObjectNode) detail.get("about");
    about.put("role", role.word());
    if (tenants != null) {
      ArrayNode slugs = about.putArray("tenants");
      tenants.forEach(slugs::add);
    }
    return detail;
  }
}
