package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * The members of a definition as sent by the client; null counts as absent.
 *
 * @param subject the subject of error sentences
 */
record DefinitionMembers(String subject, ObjectNode json) {

  ScimException wrong(String predicate) {
    return ScimException.invalidValue(subject + " " + predicate + ".");
  }

  /** Refuses unknown members: a misspelt one would otherwise silently get its default. */
  void requireOnly(Set<String> members) {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!members.contains(name)) {
                throw wrong("has an unknown member '" + name + "'");
              }
            });
  }

  String text(String member, String otherwise) {
    JsonNode value = json.path(member);
    if (absent(value)) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw wrong("needs a string as '" + member + "'");
    }
    return value.textValue();
  }

  boolean flag(String member, boolean otherwise) {
    JsonNode value = json.path(member);
    if (absent(value)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong("needs a boolean as '" + member + "'");
    }
    return value.booleanValue();
  }

  /** The value of a member, one of the possible words; the first one when the member is absent. */
  String word(String member, List<String> possible) {
    String word = text(member, possible.get(0));
    if (!possible.contains(word)) {
      throw wrong("cannot have '" + word + "' as '" + member + "', only " + possible);
    }
    return word;
  }

  ArrayNode words(String member) {
    JsonNode value = json.path(member);
    ArrayNode words = Json.array();
    if (absent(value)) {
      return words;
    }
    if (!value.isArray()) {
      throw wrong("needs an array as '" + member + "'");
    }
    for (JsonNode word : value) {
      if (!word.isTextual()) {
        throw wrong("needs strings in '" + member + "'");
      }
      words.add(word);
    }
    return words;
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
