package io.gatehouse.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Attributes that a PUT omits without meaning to clear them (see {@code Leeway}). */
final class Omissions {

  private final ObjectNode before;
  private final ObjectNode asked;

  private Omissions(ObjectNode before, ObjectNode asked) {
    this.before = before;
    this.asked = asked;
  }

  /**
   * Copies the named values from {@code before} to {@code asked} where {@code asked} omits them.
   */
  static void keep(Set<String> names, ObjectNode before, ObjectNode asked) {
    Omissions omissions = new Omissions(before, asked);
    names.forEach(omissions::keep);
  }

  private void keep(String name) {
    int colon = name.lastIndexOf(':');
    int dot = name.indexOf('.');
    if (colon >= 0) {
      keepExtension(name, colon);
    } else if (dot >= 0) {
      keep(name.substring(0, dot), name.substring(dot + 1));
    } else if (before.has(name) && !asked.has(name)) {
      asked.set(name, before.get(name));
    }
  }

  /** Copies an extension, or one attribute of it, by its URN. */
  private void keepExtension(String name, int colon) {
    String urn = before.has(name) ? name : name.substring(0, colon);
    String attribute = name.substring(colon + 1);
    JsonNode old = before.path(urn);
    if (urn.equals(name)) {
      if (!asked.has(urn)) {
        asked.set(urn, old);
      }
    } else if (old.has(attribute)) {
      ObjectNode container =
          asked.get(urn) instanceof ObjectNode present ? present : asked.putObject(urn);
      if (!container.has(attribute)) {
        container.set(attribute, old.path(attribute));
      }
    }
  }

  /**
   * Copies a part of elements with the same value; each old element completes at most one new one.
   */
  private void keep(String attribute, String part) {
    List<JsonNode> known = new ArrayList<>();
    before.path(attribute).forEach(known::add);
    for (JsonNode element : asked.path(attribute)) {
      for (JsonNode old : known) {
        if (element.path("value").equals(old.path("value"))) {
          known.remove(old);
          complete((ObjectNode) element, part, old.path(part));
          break;
        }
      }
    }
  }

  private static void complete(ObjectNode element, String part, JsonNode value) {
    if (!element.has(part) && !value.isMissingNode()) {
      element.set(part, value);
    }
  }
}
