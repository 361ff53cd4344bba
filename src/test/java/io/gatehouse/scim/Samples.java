package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary users of {@link Shapes}, and filters about them, out of the same few values. */
public final class Samples {

  private static final String ENTERPRISE = Schema.ENTERPRISE_USER;
  private static final double SELDOM = 0.35;

  /** Case, composition, planes, wildcards, quotes, compatibility forms, other alphabets. */
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "A",
          "ab",
          "Ab%",
          "a_b",
          "a\\b",
          "%",
          "_",
          "\\",
          "*",
          " a ",
          "'",
          "\"",
          "x' or '1'='1",
          "É",
          "é",
          "e\u0301",
          "école",
          "😀",
          "\uffee",
          "ﬁ",
          "fi",
          "ß",
          "SS",
          "ss",
          "ı",
          "İ",
          "I",
          "i",
          "Σ",
          "ς",
          "½",
          "Ａ",
          "\u200d",
          "[]",
          "{}",
          "null",
          "true",
          "5",
          "$ne",
          "\t",
          "\n",
          "work",
          "Work",
          "home");

  private static final List<String> TIMES =
      List.of(
          "2020-02-29T00:00:00Z",
          "2020-02-29T01:00:00+01:00",
          "2020-02-28T23:59:59.9999999Z",
          "2020-02-28T23:59:59.999999Z",
          "2020-02-29T00:00:00.000001Z",
          "0001-01-01T00:00:00+14:00",
          "9999-12-31T23:59:59-14:00");

  private static final List<String> NUMBERS =
      List.of("0", "-1", "9", "10", "12", "9007199254740993", "123456789012345678901234567890");

  private static final List<String> DECIMALS =
      List.of("0", "-0.0", "1.5", "15e-1", "1E2", "100", "1e-30");

  /** The ids of the first users and groups, and others in spelling only. */
  private static final List<String> IDS =
      List.of(
          id(0).toString(),
          id(1).toString(),
          id(0).toString().toUpperCase(Locale.ROOT),
          "a0",
          "A0");

  private static final List<String> BINARIES = List.of("QUJD", "qujd", "QUI=", "");
  private static final List<String> LINKS = List.of("/Users/1", "/users/1", "https://x/Y", "");

  private Samples() {}

  public static UUID id(int number) {
    return new UUID(0xa0000000_0000_7abcL, 0x8000_0000_0000_0000L + number);
  }

  static Arbitrary<String> texts() {
    Arbitrary<String> text = Arbitraries.of(TEXTS);
    return Arbitraries.oneOf(text, Combinators.combine(text, text).as(String::concat));
  }

  private static Arbitrary<JsonNode> text() {
    return texts().map(TextNode::valueOf);
  }

  private static Arbitrary<JsonNode> json(List<String> literals) {
    return Arbitraries.of(literals).map(it -> Json.stored("{\"v\":" + it + "}").path("v"));
  }

  private static Arbitrary<JsonNode> strings(List<String> values) {
    return Arbitraries.of(values).map(TextNode::valueOf);
  }

  private static Arbitrary<JsonNode> bool() {
    return Arbitraries.of(true, false).map(BooleanNode::valueOf);
  }

  /** A list, in which no element says nothing at all: such a list is refused. */
  private static Arbitrary<JsonNode> list(Arbitrary<? extends JsonNode> element) {
    return element
        .filter(it -> !it.isObject() || !it.isEmpty())
        .list()
        .ofMaxSize(3)
        .map(
            elements -> {
              keepOnePrimary(elements);
              return Json.array().addAll(elements);
            });
  }

  private static void keepOnePrimary(List<? extends JsonNode> elements) {
    boolean seen = false;
    for (JsonNode element : elements) {
      if (element.path("primary").asBoolean()) {
        if (seen) {
          ((ObjectNode) element).put("primary", false);
        }
        seen = true;
      }
    }
  }

  /** An object that has each of the members seldom. */
  private static Arbitrary<ObjectNode> object(Map<String, Arbitrary<JsonNode>> members) {
    List<String> names = List.copyOf(members.keySet());
    return Combinators.combine(
            names.stream().map(name -> members.get(name).injectNull(SELDOM)).toList())
        .as(
            values -> {
              ObjectNode object = Json.object();
              for (int i = 0; i < names.size(); i++) {
                if (values.get(i) != null) {
                  object.set(names.get(i), values.get(i));
                }
              }
              return object;
            });
  }

  /** What a client may send, without the userName. */
  public static Arbitrary<ObjectNode> bodies() {
    Map<String, Arbitrary<JsonNode>> members = new LinkedHashMap<>();
    for (String name : List.of("title", "displayName", "nickName", "userType", "externalId")) {
      members.put(name, text());
    }
    members.put("profileUrl", strings(LINKS));
    members.put("name", object(Map.of("givenName", text(), "familyName", text())).map(it -> it));
    members.put("emails", list(element()));
    members.put("roles", list(element()));
    members.put(
        "photos", list(object(Map.of("value", strings(LINKS), "type", text(), "primary", bool()))));
    members.put(
        ENTERPRISE,
        object(
                Map.of(
                    "department", text(), "manager", object(Map.of("value", text())).map(it -> it)))
            .map(it -> it));
    members.put(Shapes.URN, shapes().map(it -> it));
    return object(members)
        .map(
            it -> {
              it.putArray("schemas").add(Schema.USER);
              return it.put("active", !it.has("title"));
            });
  }

  private static Arbitrary<ObjectNode> element() {
    return object(Map.of("value", text(), "type", text(), "display", text(), "primary", bool()));
  }

  private static Arbitrary<ObjectNode> shapes() {
    Map<String, Arbitrary<JsonNode>> members = new LinkedHashMap<>();
    members.put("code", text());
    members.put("label", text());
    members.put("level", json(NUMBERS));
    members.put("ratio", json(DECIMALS));
    members.put("since", strings(TIMES));
    members.put("photo", strings(BINARIES));
    members.put("page", strings(LINKS));
    members.put("remote", bool());
    members.put("tags", list(text()));
    members.put("codes", list(text()));
    members.put("levels", list(json(NUMBERS)));
    members.put(
        "desk",
        object(Map.of("floor", json(NUMBERS), "room", text(), "keys", list(text()))).map(it -> it));
    members.put(
        "visits",
        list(
            object(
                Map.of(
                    "value", text(),
                    "at", strings(TIMES),
                    "rank", json(NUMBERS),
                    "type", text(),
                    "primary", bool()))));
    return object(members);
  }

  /** Filters of any form. */
  public static Arbitrary<String> filters() {
    return Arbitraries.recursive(
        () -> Arbitraries.oneOf(terms(), valuePaths()), Samples::combined, 0, 3);
  }

  private static Arbitrary<String> combined(Arbitrary<String> one) {
    return Arbitraries.oneOf(
        one.map(it -> "not (" + it + ")"),
        Combinators.combine(one, one).as((a, b) -> a + " and " + b),
        Combinators.combine(one, one).as((a, b) -> a + " or " + b),
        Combinators.combine(one, one, one).as((a, b, c) -> "(" + a + " or " + b + ") and " + c));
  }

  private static Arbitrary<String> terms() {
    return Arbitraries.oneOf(
        compared(
            List.of(
                "userName",
                "title",
                "displayName",
                "nickName",
                "userType",
                "externalId",
                "id",
                "name.givenName",
                "name.familyName",
                "emails",
                "emails.value",
                "emails.type",
                "roles.display",
                "photos",
                "profileUrl",
                "department",
                "manager",
                "code",
                "label",
                "page",
                "tags",
                "codes",
                "desk.room",
                "desk.keys",
                "visits",
                "visits.type",
                "groups",
                "groups.value",
                "groups.display",
                "schemas",
                "meta.resourceType",
                "meta.version"),
            List.of("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"),
            literals()),
        compared(
            List.of("id", "groups", "groups.value"),
            List.of("eq", "ne", "sw", "gt"),
            Arbitraries.of(IDS).map(Samples::quoted)),
        compared(
            List.of("userName"), List.of("eq", "ne"), Arbitraries.of("\"U0\"", "\"u1\"", "\"ｕ2\"")),
        compared(
            List.of("level", "levels", "desk.floor", "visits.rank"),
            List.of("eq", "ne", "gt", "ge", "lt", "le"),
            Arbitraries.of(NUMBERS)),
        compared(
            List.of("ratio"),
            List.of("eq", "ne", "gt", "ge", "lt", "le"),
            Arbitraries.of(DECIMALS)),
        compared(
            List.of("since", "visits.at", "meta.created", "meta.lastModified"),
            List.of("eq", "ne", "gt", "ge", "lt", "le"),
            Arbitraries.of(TIMES).map(Samples::quoted)),
        compared(
            List.of("active", "remote", "emails.primary", "visits.primary"),
            List.of("eq", "ne"),
            Arbitraries.of("true", "false")),
        compared(
            List.of("photo"), List.of("eq", "ne"), Arbitraries.of(BINARIES).map(Samples::quoted)),
        Arbitraries.of(
                "title",
                "name",
                "emails",
                "emails.type",
                "groups",
                "department",
                "manager",
                "level",
                "tags",
                "desk",
                "desk.keys",
                "visits.at",
                "schemas",
                "meta",
                "id",
                "externalId",
                "photo",
                "remote")
            .flatMap(name -> Arbitraries.of(name + " pr", name + " eq null", name + " ne null")));
  }

  private static Arbitrary<String> compared(
      List<String> names, List<String> operators, Arbitrary<String> literals) {
    return Combinators.combine(Arbitraries.of(names), Arbitraries.of(operators), literals)
        .as((name, operator, literal) -> name + " " + operator + " " + literal);
  }

  private static Arbitrary<String> literals() {
    return texts().map(Samples::quoted);
  }

  static String quoted(String text) {
    return Json.text(TextNode.valueOf(text));
  }

  private static Arbitrary<String> valuePaths() {
    Arbitrary<String> strings =
        compared(
            List.of("value", "type"),
            List.of("eq", "eq", "eq", "ne", "co", "sw", "ew", "gt", "le"),
            literals());
    Arbitrary<String> flags =
        compared(List.of("primary"), List.of("eq", "ne"), Arbitraries.of("true", "false"));
    Arbitrary<String> moments =
        compared(
            List.of("at"), List.of("eq", "ne", "gt"), Arbitraries.of(TIMES).map(Samples::quoted));
    Arbitrary<String> presence = Arbitraries.of("type pr", "value eq null", "primary pr");
    Arbitrary<String> common = Arbitraries.oneOf(strings, strings, flags, presence);
    return Arbitraries.oneOf(
        within("emails", common),
        within("photos", common),
        within("visits", Arbitraries.oneOf(common, moments)),
        within("tags", compared(List.of("value"), List.of("eq", "ne", "sw"), literals())),
        within("groups", compared(List.of("value", "display"), List.of("eq", "co"), literals())));
  }

  private static Arbitrary<String> within(String name, Arbitrary<String> term) {
    Arbitrary<String> inside = Arbitraries.recursive(() -> term, Samples::combined, 0, 2);
    Arbitrary<String> path = inside.map(it -> name + "[" + it + "]");
    return Arbitraries.oneOf(
        path,
        Combinators.combine(path, literals()).as((it, literal) -> it + ".value eq " + literal));
  }
}
