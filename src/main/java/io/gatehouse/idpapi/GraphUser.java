package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A user of Microsoft Graph. */
record GraphUser(JsonNode json) {

  /** The attributes that are read; Graph returns fewer without {@code $select}. */
  static final String SELECT =
      "id,userPrincipalName,mail,givenName,surname,displayName,accountEnabled,department,jobTitle,"
          + "employeeId,employeeOrgData,companyName,streetAddress,city,state,postalCode,country,"
          + "preferredLanguage,mobilePhone,businessPhones";

  /**
   * Converts the user, without a manager: Entra provisions the manager's SCIM id, which Graph does
   * not know.
   *
   * @return a SCIM User
   */
  ObjectNode resource() {
    ProfileValues user = new ProfileValues(json);
    ProfileValues organisation = new ProfileValues(json.path("employeeOrgData"));
    return new UserDocument(userName(user), json.path("accountEnabled").asBoolean())
        .put("externalId", user.text("id"))
        .put("displayName", user.text("displayName"))
        .put("title", user.text("jobTitle"))
        .put("preferredLanguage", user.text("preferredLanguage"))
        .name(user.text("givenName"), user.text("surname"))
        .email("work", user.text("mail"))
        .phone("work", new ProfileValues(json.path("businessPhones")).text(0))
        .phone("mobile", user.text("mobilePhone"))
        .address("streetAddress", user.text("streetAddress"))
        .address("locality", user.text("city"))
        .address("region", user.text("state"))
        .address("postalCode", user.text("postalCode"))
        .address("country", user.text("country"))
        .enterprise("employeeNumber", user.text("employeeId"))
        .enterprise("organization", user.text("companyName"))
        .enterprise("costCenter", organisation.text("costCenter"))
        .enterprise("division", organisation.text("division"))
        .enterprise("department", user.text("department"))
        .done();
  }

  /** The userName; Entra puts the id, without dashes, before the name of a deleted user. */
  private static String userName(ProfileValues user) {
    String name = user.required("userPrincipalName");
    String mark = user.required("id").replace("-", "");
    return name.startsWith(mark) && name.length() > mark.length()
        ? name.substring(mark.length())
        : name;
  }
}
