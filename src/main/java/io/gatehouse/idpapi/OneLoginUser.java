package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A user as OneLogin has it. */
record OneLoginUser(JsonNode json) {

  /**
   * Active, or kept out by something that passes: locked 3, password expired 4, awaiting a password
   * reset 5, password pending 7, security questions required 8. The others are unactivated 0 and
   * suspended 2.
   */
  private static final Set<Integer> ACTIVE = Set.of(1, 3, 4, 5, 7, 8);

  /** Neither unapproved 0, rejected 2 nor unlicensed 3. */
  private static final int APPROVED = 1;

  @Nullable Instant modifiedAt() {
    return new ProfileValues(json).time("updated_at");
  }

  Set<String> roles() {
    Set<String> roles = new HashSet<>();
    json.path("role_ids").forEach(it -> roles.add(it.asText()));
    return roles;
  }

  private boolean isActive() {
    return ACTIVE.contains(json.path("status").asInt())
        && json.path("state").asInt(APPROVED) == APPROVED;
  }

  /**
   * Without an externalId and a manager: what OneLogin sends for them over SCIM is a matter of the
   * template.
   *
   * @return a SCIM User
   */
  ObjectNode resource() {
    ProfileValues user = new ProfileValues(json);
    String name = user.text("username");
    return new UserDocument(name == null ? user.required("email") : name, isActive())
        .put("displayName", displayName(user))
        .put("title", user.text("title"))
        .put("preferredLanguage", user.text("preferred_locale_code"))
        .name(user.text("firstname"), user.text("lastname"))
        .email("work", user.text("email"))
        .phone("work", user.text("phone"))
        .enterprise("organization", user.text("company"))
        .enterprise("department", user.text("department"))
        .done();
  }

  private static @Nullable String displayName(ProfileValues user) {
    String name = (user.required("firstname") + " " + user.required("lastname")).strip();
    return name.isEmpty() ? null : name;
  }
}
