package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user as Okta has it.
 *
 * @param assignment to the application of the connection, if the user is assigned to it
 */
record OktaUser(JsonNode json, @Nullable JsonNode assignment) {

  /**
   * Those in which Okta provisions to applications. Locked out or with an expired password is still
   * employed; PROVISIONED has been activated and has not signed in yet. STAGED was never activated.
   */
  private static final Set<String> ACTIVE =
      Set.of("ACTIVE", "PROVISIONED", "PASSWORD_EXPIRED", "LOCKED_OUT", "RECOVERY");

  @Nullable Instant modifiedAt() {
    Profile times = new Profile(json);
    return Stream.of(times.time("lastUpdated"), times.time("statusChanged"))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  ObjectNode resource() {
    Profile profile = new Profile(json.path("profile"));
    return new UserDocument(userName(profile), ACTIVE.contains(json.path("status").asText()))
        .put("externalId", json.path("id").asText())
        .put("displayName", profile.text("displayName"))
        .put("nickName", profile.text("nickName"))
        .put("title", profile.text("title"))
        .put("userType", profile.text("userType"))
        .put("preferredLanguage", profile.text("preferredLanguage"))
        .put("locale", profile.text("locale"))
        .put("timezone", profile.text("timezone"))
        .name(profile.text("firstName"), profile.text("lastName"))
        .email("work", profile.text("email"))
        .email("home", profile.text("secondEmail"))
        .phone("work", profile.text("primaryPhone"))
        .phone("mobile", profile.text("mobilePhone"))
        .address("streetAddress", profile.text("streetAddress"))
        .address("locality", profile.text("city"))
        .address("region", profile.text("state"))
        .address("postalCode", profile.text("zipCode"))
        .address("country", profile.text("countryCode"))
        .enterprise("employeeNumber", profile.text("employeeNumber"))
        .enterprise("costCenter", profile.text("costCenter"))
        .enterprise("organization", profile.text("organization"))
        .enterprise("division", profile.text("division"))
        .enterprise("department", profile.text("department"))
        .manager(profile.text("managerId"), profile.text("manager"))
        .done();
  }

  /** What the application calls the user, which is what Okta sends over SCIM; else the login. */
  private String userName(Profile profile) {
    String assigned =
        assignment == null ? null : new Profile(assignment.path("credentials")).text("userName");
    return assigned == null ? profile.required("login") : assigned;
  }
}
