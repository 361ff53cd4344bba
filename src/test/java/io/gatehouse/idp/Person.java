package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Somebody at the {@link Company}, as its directory knows them. */
final class Person {

  static final String DEPARTMENT = Schema.ENTERPRISE_USER + ":department";
  static final String MANAGER = Schema.ENTERPRISE_USER + ":manager";

  /** What changes with the family name. */
  static final String[] NAMES = {
    "userName", "displayName", "name.formatted", "name.familyName", "emails"
  };

  private static final String EXTENSION = Schema.ENTERPRISE_USER + ":";

  final String number;
  final String givenName;
  final String externalId = UUID.randomUUID().toString();
  String familyName;
  String displayName;
  String login;
  String department;

  /** How the IdP calls the manager, or null. */
  String manager;

  boolean active = true;
  boolean deleted;

  /** The id that the gateway has answered, or null. */
  UUID id;

  Person(int number, String givenName, String familyName, String department) {
    this.number = "%03d".formatted(number);
    this.givenName = givenName;
    this.department = department;
    named(familyName);
  }

  /** A family name is in everything that the person is called by. */
  void named(String name) {
    familyName = name;
    displayName = formatted();
    login = "%s.%s+%s@example.com".formatted(givenName, name, number).toLowerCase(Locale.ROOT);
  }

  private String formatted() {
    return givenName + " " + familyName;
  }

  /** What the gateway must have, but for what only it writes. */
  ObjectNode document() {
    ObjectNode document = Json.object();
    document.putArray("schemas").add(Schema.USER).add(Schema.ENTERPRISE_USER);
    document.put("externalId", externalId).put("userName", login).put("displayName", displayName);
    document
        .putObject("name")
        .put("formatted", formatted())
        .put("familyName", familyName)
        .put("givenName", givenName);
    document
        .putArray("emails")
        .addObject()
        .put("primary", true)
        .put("type", "work")
        .put("value", login);
    document.put("active", active);
    ObjectNode enterprise = document.putObject(Schema.ENTERPRISE_USER);
    enterprise.put("employeeNumber", number).put("department", department);
    if (manager != null) {
      enterprise.putObject("manager").put("value", manager);
    }
    return document;
  }

  /** The value at one of the paths in which events say what has changed. */
  JsonNode at(String path) {
    JsonNode value = document();
    for (String name : names(path)) {
      value = value.path(name);
    }
    return value;
  }

  /** The names on the way to a value. */
  static List<String> names(String path) {
    if (!path.startsWith(EXTENSION)) {
      return List.of(path.split("\\."));
    }
    List<String> names = new ArrayList<>(List.of(Schema.ENTERPRISE_USER));
    names.addAll(List.of(path.substring(EXTENSION.length()).split("\\.")));
    return names;
  }
}
