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
 * A user of Okta.
 *
 * @param assignment the user's assignment to the application of the connection; null without one
 */
record OktaUser(JsonNode json, @Nullable JsonNode assignment) {

  /**
   * The statuses in which Okta provisions users to applications. A user who is locked out or has an
   * expired password is still employed. PROVISIONED was activated and has not signed in yet. STAGED
   * was never activated.
   */
  private static final Set<String> ACTIVE =
      Set.of("ACTIVE", "PROVISIONED", "PASSWORD_EXPIRED", "LOCKED_OUT", "RECOVERY");

  @Nullable Instant modifiedAt() {
    ProfileValues times = new ProfileValues(json);
    return Stream.of(times.time("lastUpdated"), times.time("statusChanged"))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  ObjectNode resource() {
    ProfileValues profileValues = new ProfileValues(json.path("profile"));
    return new UserDocument(userName(profileValues), ACTIVE.contains(json.path("status").asText()))
        .put("externalId", json.path("id").asText())
        .put("displayName", profileValues.text("displayName"))
        .put("nickName", profileValues.text("nickName"))
        .put("title", profileValues.text("title"))
        .put("userType", profileValues.text("userType"))
        .put("preferredLanguage", profileValues.text("preferredLanguage"))
        .put("locale", profileValues.text("locale"))
        .put("timezone", profileValues.text("timezone"))
        .name(profileValues.text("firstName"), profileValues.text("lastName"))
        .email("work", profileValues.text("email"))
        .email("home", profileValues.text("secondEmail"))
        .phone("work", profileValues.text("primaryPhone"))
        .phone("mobile", profileValues.text("mobilePhone"))
        .address("streetAddress", profileValues.text("streetAddress"))
        .address("locality", profileValues.text("city"))
        .address("region", profileValues.text("state"))
        .address("postalCode", profileValues.text("zipCode"))
        .address("country", profileValues.text("countryCode"))
        .enterprise("employeeNumber", profileValues.text("employeeNumber"))
        .enterprise("costCenter", profileValues.text("costCenter"))
        .enterprise("organization", profileValues.text("organization"))
        .enterprise("division", profileValues.text("division"))
        .enterprise("department", profileValues.text("department"))
        .manager(profileValues.text("managerId"), profileValues.text("manager"))
        .done();
  }

  /** The user name in the application, which Okta sends over SCIM; else the login. */
  private String userName(ProfileValues profileValues) {
    String assigned =
        assignment == null
            ? null
            : new ProfileValues(assignment.path("credentials")).text("userName");
    return assigned == null ? profileValues.required("login") : assigned;
  }
}
