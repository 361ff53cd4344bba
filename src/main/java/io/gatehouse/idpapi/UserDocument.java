package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import org.jspecify.annotations.Nullable;

/** Writes a SCIM User from the profile of an IdP. What the profile lacks is written as null. */
final class UserDocument {

  private final ObjectNode user = Json.object();
  private final ObjectNode enterprise = Json.object();
  private final ObjectNode name = Json.object();
  private final ObjectNode address = Json.object().put("type", "work");
  private final ArrayNode emails = Json.array();
  private final ArrayNode phones = Json.array();

  UserDocument(String userName, boolean active) {
    user.putArray("schemas").add(Schema.USER).add(Schema.ENTERPRISE_USER);
    user.put("userName", userName).put("active", active);
  }

  UserDocument put(String attribute, @Nullable String value) {
    user.put(attribute, value);
    return this;
  }

  UserDocument name(@Nullable String given, @Nullable String family) {
    name.put("givenName", given).put("familyName", family);
    return this;
  }

  UserDocument enterprise(String attribute, @Nullable String value) {
    enterprise.put(attribute, value);
    return this;
  }

  UserDocument manager(@Nullable String id, @Nullable String displayName) {
    if (id == null && displayName == null) {
      enterprise.putNull("manager");
    } else {
      enterprise.set("manager", with(Json.object(), "value", id));
      with((ObjectNode) enterprise.path("manager"), "displayName", displayName);
    }
    return this;
  }

  UserDocument email(String type, @Nullable String value) {
    if (value != null) {
      emails.addObject().put("value", value).put("type", type).put("primary", type.equals("work"));
    }
    return this;
  }

  UserDocument phone(String type, @Nullable String value) {
    if (value != null) {
      phones.addObject().put("value", value).put("type", type);
    }
    return this;
  }

  UserDocument address(String part, @Nullable String value) {
    with(address, part, value);
    return this;
  }

  private static ObjectNode with(ObjectNode object, String member, @Nullable String value) {
    return value == null ? object : object.put(member, value);
  }

  ObjectNode done() {
    user.set("name", name);
    set("emails", emails);
    set("phoneNumbers", phones);
    set("addresses", address.size() == 1 ? Json.array() : Json.array().add(address));
    user.set(Schema.ENTERPRISE_USER, enterprise);
    return user;
  }

  private void set(String attribute, ArrayNode values) {
    user.set(attribute, values.isEmpty() ? user.nullNode() : values);
  }
}
