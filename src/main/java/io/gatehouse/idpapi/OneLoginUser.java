package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A user of OneLogin. */
record OneLoginUser(JsonNode json) {

  /**
   * The statuses of active users, and of users with a temporary restriction: locked 3, password
   * expired 4, awaiting a password reset 5, password pending 7, security questions required 8. The
   * others are unactivated 0 and suspended 2.
   */
  private static final Set<Integer> ACTIVE = Set.of(1, 3, 4, 5, 7, 8);

  /** The state of an approved user; the others are unapproved 0, rejected 2 and unlicensed 3. */
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
   * Converts the user, without an externalId and a manager: the template decides what OneLogin
   * sends for them over SCIM.
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
