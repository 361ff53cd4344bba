package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Condition.Field;
import io.gatehouse.scim.Condition.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads filters by recursive descent (RFC 7644 section 3.4.2.2, figure 1). */
final class FilterParser {

  private static final int MAX_LENGTH = 4096;
  private static final int MAX_DEPTH = 20;

  private final Tokens tokens;
  private int depth;

  private FilterParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a whole filter.
   *
   * @throws ScimException 400 invalidFilter
   */
  static Condition parse(Names names, String filter) {
    if (filter.length() > MAX_LENGTH) {
      throw ScimException.invalidFilter("The filter is longer than " + MAX_LENGTH + " characters.");
    }
    if (!Json.isText(filter)) {
      throw ScimException.invalidFilter("The filter contains NUL or half of a surrogate pair.");
    }
    FilterParser parser = new FilterParser(new Tokens(filter));
    Condition condition = parser.either(names);
    if (!parser.tokens.atEnd()) {
      throw parser.tokens.expected("'and' or 'or'");
    }
    return condition;
  }

  private Condition either(Names names) {
    return chain("or", () -> both(names), Condition.Or::new);
  }

  private Condition both(Names names) {
    return chain("and", () -> one(names), Condition.And::new);
  }

  private Condition chain(
      String word, Supplier<Condition> term, Function<List<Condition>, Condition> all) {
    List<Condition> terms = new ArrayList<>();
    do {
      terms.add(term.get());
    } while (takesWord(word));
    return terms.size() == 1 ? terms.get(0) : all.apply(List.copyOf(terms));
  }

  private boolean takesWord(String wanted) {
    int mark = tokens.mark();
    if (!tokens.spaced()
        || !tokens.word().toLowerCase(Locale.ROOT).equals(wanted)
        || !tokens.follows(' ')) {
      tokens.reset(mark);
      return false;
    }
    tokens.skipSpaces();
    return true;
  }

  private Condition one(Names names) {
    if (tokens.takes('(')) {
      return parenthesised(names);
    }
    String word = tokens.word();
    if (word.isEmpty()) {
      throw tokens.expected("an attribute");
    }
    if (tokens.follows('[')) {
      return valuePath(names, word);
    }
    tokens.skipSpaces();
    if (word.toLowerCase(Locale.ROOT).equals("not")) {
      tokens.expect('(');
      return new Condition.Not(parenthesised(names));
    }
    return comparison(way(names, word));
  }

  private Condition parenthesised(Names names) {
    deeper();
    Condition condition = either(names);
    tokens.expect(')');
    depth--;
    return condition;
  }

  private void deeper() {
    if (++depth > MAX_DEPTH) {
      throw ScimException.invalidFilter("The filter is nested more than " + MAX_DEPTH + " deep.");
    }
  }

  /** {@code emails[type eq "work"]}, and with it {@code emails[type eq "work"].value eq "x"}. */
  private Condition valuePath(Names names, String word) {
    Names.Way way = way(names, word);
    Attribute attribute = way.field().attribute();
    if (!attribute.multiValued() || way.field().path().isEmpty()) {
      throw ScimException.invalidFilter("'" + attribute.name() + "' takes no filter in brackets.");
    }
    deeper();
    tokens.takes('[');
    Condition element = either(Names.inside(attribute));
    if (!tokens.takesBare(']')) {
      throw tokens.expected("']'");
    }
    depth--;
    if (tokens.takesBare('.')) {
      element = and(element, comparison(subAttribute(attribute)));
    }
    tokens.skipSpaces();
    return within(way, new Condition.Some(way.field(), element));
  }

  private Names.Way subAttribute(Attribute attribute) {
    String word = tokens.word();
    tokens.skipSpaces();
    return way(Names.inside(attribute), word);
  }

  private static Condition and(Condition first, Condition second) {
    List<Condition> terms = new ArrayList<>();
    if (first instanceof Condition.And and) {
      terms.addAll(and.terms());
    } else {
      terms.add(first);
    }
    terms.add(second);
    return new Condition.And(List.copyOf(terms));
  }

  private static Names.Way way(Names names, String word) {
    Names.Way way =
        names
            .find(word)
            .orElseThrow(
                () -> ScimException.invalidFilter(Tokens.shown(word) + " is no attribute here."));
    way.through().forEach(FilterParser::requireShown);
    requireShown(way.field());
    return way;
  }

  /** What is never shown must not be found by guessing either. */
  private static void requireShown(Field field) {
    if (field.attribute().hidden()) {
      throw ScimException.invalidFilter("'" + field.name() + "' cannot be searched.");
    }
  }

  private Condition comparison(Names.Way way) {
    String word = tokens.word();
    if (word.isEmpty()) {
      throw tokens.expected("an operator");
    }
    if (word.toLowerCase(Locale.ROOT).equals("pr")) {
      tokens.skipSpaces();
      return within(way, new Condition.Present(way.field()));
    }
    Operator operator =
        Operator.of(word)
            .orElseThrow(
                () -> ScimException.invalidFilter(Tokens.shown(word) + " is no operator."));
    tokens.skipSpaces();
    JsonNode value = value();
    return value.isNull() ? absence(way, operator) : compare(way, operator, value);
  }

  /** RFC 7644 prints {@code value eq"2819c223"} itself, and it can mean one thing only. */
  private JsonNode value() {
    if (tokens.atEnd() || (!tokens.spaced() && !tokens.follows('"'))) {
      throw tokens.expected("a value");
    }
    JsonNode value =
        tokens.follows('"')
            ? Literals.string(tokens.quoted())
                .orElseThrow(() -> tokens.malformed("the string is not one of JSON."))
            : bare();
    tokens.skipSpaces();
    return value;
  }

  private JsonNode bare() {
    String word = tokens.word();
    return Literals.bare(word)
        .orElseThrow(
            () ->
                ScimException.invalidFilter(
                    Tokens.shown(word) + " is no value; strings stand in double quotes."));
  }

  /** Nothing is equal to null but what is absent. */
  private static Condition absence(Names.Way way, Operator operator) {
    Condition present = within(way, new Condition.Present(way.field()));
    return switch (operator) {
      case EQ -> new Condition.Not(present);
      case NE -> present;
      default -> throw ScimException.invalidFilter("Only eq and ne can compare with null.");
    };
  }

  private static Condition compare(Names.Way way, Operator operator, JsonNode value) {
    String name = way.field().attribute().name();
    Names.Way end =
        Names.toValue(way)
            .orElseThrow(
                () ->
                    ScimException.invalidFilter(
                        "'" + name + "' has no 'value'; compare one of its sub-attributes."));
    requireShown(end.field());
    Attribute.Type type = end.field().attribute().type();
    JsonNode typed =
        type == Attribute.Type.DATETIME ? Lexical.canonical(type, value).orElse(value) : value;
    Condition.Compare compare = new Condition.Compare(end.field(), operator, typed);
    Comparison.of(compare).require();
    return within(end, compare);
  }

  /** What only another type has is absent here, so the outcome is known. */
  private static Condition within(Names.Way way, Condition condition) {
    Condition whole = condition;
    for (int i = way.through().size() - 1; i >= 0; i--) {
      Field field = way.through().get(i);
      whole = new Condition.Some(field, whole);
    }
    if (way.lacking()) {
      return whole.matches(Json.object())
          ? new Condition.And(List.of())
          : new Condition.Or(List.of());
    }
    return whole;
  }
}
