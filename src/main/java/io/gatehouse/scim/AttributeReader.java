package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the attributes of a definition, and sets absent characteristics to the defaults of RFC 7643
 * section 2.2.
 */
final class AttributeReader {

  private static final Set<String> MEMBERS =
      Set.of(
          "name",
          "type",
          "subAttributes",
          "multiValued",
          "description",
          "required",
          "canonicalValues",
          "caseExact",
          "mutability",
          "returned",
          "uniqueness",
          "referenceTypes");

  /** The first of each list is the default. */
  private static final List<String> TYPES =
      List.of(
          "string", "boolean", "decimal", "integer", "dateTime", "reference", "binary", "complex");

  private static final List<String> MUTABILITY = List.of("readWrite", "immutable", "readOnly");
  private static final List<String> RETURNED = List.of("default", "always", "request");
  private static final List<String> UNIQUENESS = List.of("none");

  /** As in RFC 7643 section 2.1. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z$][A-Za-z0-9_$-]{0,99}");

  private static final int MAX_ATTRIBUTES = 200;

  private int count;

  /** The attributes in a member of a definition, or of a complex attribute. */
  ArrayNode all(DefinitionMembers parent, String member) {
    JsonNode definitions = parent.json().path(member);
    if (!definitions.isArray() || definitions.isEmpty()) {
      throw parent.wrong("must have an array of '" + member + "'");
    }
    ArrayNode all = Json.array();
    Set<String> names = new HashSet<>();
    for (JsonNode definition : definitions) {
      ObjectNode attribute = one(parent, definition, member.equals("subAttributes"));
      if (!names.add(attribute.path("name").asText().toLowerCase(Locale.ROOT))) {
        throw parent.wrong("has two attributes '" + attribute.path("name").asText() + "'");
      }
      all.add(attribute);
    }
    return all;
  }

  private ObjectNode one(DefinitionMembers parent, JsonNode definition, boolean part) {
    if (!(definition instanceof ObjectNode json)) {
      throw parent.wrong("has an attribute that is no object");
    }
    if (++count > MAX_ATTRIBUTES) {
      throw parent.wrong("has more than " + MAX_ATTRIBUTES + " attributes, parts included");
    }
    String name = new DefinitionMembers("An attribute", json).text("name", "");
    if (!NAME.matcher(name).matches()) {
      throw parent.wrong("has an attribute with the impossible name '" + name + "'");
    }
    DefinitionMembers members = new DefinitionMembers("The attribute '" + name + "'", json);
    members.requireOnly(MEMBERS);
    String type = members.word("type", TYPES);
    if (part && type.equals("complex")) {
      throw members.wrong("cannot be complex inside of a complex attribute");
    }
    return completed(members, name, type);
  }

  private ObjectNode completed(DefinitionMembers members, String name, String type) {
    ObjectNode json = Json.object().put("name", name).put("type", type);
    json.put("multiValued", members.flag("multiValued", false));
    json.put("description", members.text("description", ""));
    json.put("required", members.flag("required", false));
    if (!type.equals("complex")) {
      simple(members, type, json);
    }
    json.put("mutability", members.word("mutability", MUTABILITY));
    json.put("returned", members.word("returned", RETURNED));
    String uniqueness = members.word("uniqueness", UNIQUENESS);
    if (type.equals("complex")) {
      json.set("subAttributes", all(members, "subAttributes"));
    } else {
      json.put("uniqueness", uniqueness);
    }
    if (json.path("required").asBoolean() && json.path("mutability").asText().equals("readOnly")) {
      throw members.wrong("cannot be required, because clients cannot write a readOnly attribute");
    }
    return json;
  }

  /** References and binaries are always case-exact (RFC 7643 sections 2.3.6 and 2.3.7). */
  private static void simple(DefinitionMembers members, String type, ObjectNode json) {
    boolean reference = type.equals("reference");
    boolean exact = reference || type.equals("binary");
    json.put("caseExact", members.flag("caseExact", exact));
    if (exact && !json.path("caseExact").asBoolean()) {
      throw members.wrong("must be caseExact, as every " + type);
    }
    ArrayNode canonical = members.words("canonicalValues");
    if (!canonical.isEmpty()) {
      json.set("canonicalValues", canonical);
    }
    ArrayNode referenceTypes = members.words("referenceTypes");
    if (!reference && !referenceTypes.isEmpty()) {
      throw members.wrong("has 'referenceTypes' but is no reference");
    }
    if (reference) {
      json.set(
          "referenceTypes", referenceTypes.isEmpty() ? Json.array().add("uri") : referenceTypes);
    }
    if (!Json.unassigned(members.json().path("subAttributes"))) {
      throw members.wrong("has 'subAttributes' but is not complex");
    }
  }
}
