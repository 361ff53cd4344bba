package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.FilterCondition.Field;
import io.gatehouse.scim.FilterCondition.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads filters by recursive descent (RFC 7644 section 3.4.2.2, figure 1). */
final class FilterParser {

  private static final int MAX_LENGTH = 4096;
  private static final int MAX_DEPTH = 20;

  private final FilterTokens tokens;
  private int depth;

  private FilterParser(FilterTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a whole filter.
   *
   * @throws ScimException 400 invalidFilter
   */
  static FilterCondition parse(FilterNames filterNames, String filter) {
    if (filter.length() > MAX_LENGTH) {
      throw ScimException.invalidFilter("The filter is longer than " + MAX_LENGTH + " characters.");
    }
    if (!Json.isText(filter)) {
      throw ScimException.invalidFilter("The filter contains NUL or half of a surrogate pair.");
    }
    FilterParser parser = new FilterParser(new FilterTokens(filter));
    FilterCondition condition = parser.either(filterNames);
    if (!parser.tokens.atEnd()) {
      throw parser.tokens.expected("'and' or 'or'");
    }
    return condition;
  }

  private FilterCondition either(FilterNames filterNames) {
    return chain("or", () -> both(filterNames), FilterCondition.Or::new);
  }

  private FilterCondition both(FilterNames filterNames) {
    return chain("and", () -> one(filterNames), FilterCondition.And::new);
  }

  private FilterCondition chain(
      String word,
      Supplier<FilterCondition> term,
      Function<List<FilterCondition>, FilterCondition> all) {
    List<FilterCondition> terms = new ArrayList<>();
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

  private FilterCondition one(FilterNames filterNames) {
    if (tokens.takes('(')) {
      return parenthesised(filterNames);
    }
    String word = tokens.word();
    if (word.isEmpty()) {
      throw tokens.expected("an attribute");
    }
    if (tokens.follows('[')) {
      return valuePath(filterNames, word);
    }
    tokens.skipSpaces();
    if (word.toLowerCase(Locale.ROOT).equals("not")) {
      tokens.expect('(');
      return new FilterCondition.Not(parenthesised(filterNames));
    }
    return comparison(way(filterNames, word));
  }

  private FilterCondition parenthesised(FilterNames filterNames) {
    deeper();
    FilterCondition condition = either(filterNames);
    tokens.expect(')');
    depth--;
    return condition;
  }

  private void deeper() {
    if (++depth > MAX_DEPTH) {
      throw ScimException.invalidFilter("The filter is nested more than " + MAX_DEPTH + " deep.");
    }
  }

  /** Reads {@code emails[type eq "work"]}, and also {@code emails[type eq "work"].value eq "x"}. */
  private FilterCondition valuePath(FilterNames filterNames, String word) {
    FilterNames.Way way = way(filterNames, word);
    Attribute attribute = way.field().attribute();
    if (!attribute.multiValued() || way.field().path().isEmpty()) {
      throw ScimException.invalidFilter("'" + attribute.name() + "' takes no filter in brackets.");
    }
    deeper();
    tokens.takes('[');
    FilterCondition element = either(FilterNames.inside(attribute));
    if (!tokens.takesBare(']')) {
      throw tokens.expected("']'");
    }
    depth--;
    if (tokens.takesBare('.')) {
      element = and(element, comparison(subAttribute(attribute)));
    }
    tokens.skipSpaces();
    return within(way, new FilterCondition.Some(way.field(), element));
  }

  private FilterNames.Way subAttribute(Attribute attribute) {
    String word = tokens.word();
    tokens.skipSpaces();
    return way(FilterNames.inside(attribute), word);
  }

  private static FilterCondition and(FilterCondition first, FilterCondition second) {
    List<FilterCondition> terms = new ArrayList<>();
    if (first instanceof FilterCondition.And and) {
      terms.addAll(and.terms());
    } else {
      terms.add(first);
    }
    terms.add(second);
    return new FilterCondition.And(List.copyOf(terms));
  }

  private static FilterNames.Way way(FilterNames filterNames, String word) {
    FilterNames.Way way =
        filterNames
            .find(word)
            .orElseThrow(
                () ->
                    ScimException.invalidFilter(
                        FilterTokens.shown(word) + " is no attribute here."));
    way.through().forEach(FilterParser::requireShown);
    requireShown(way.field());
    return way;
  }

  /** Refuses attributes that are never returned, because a filter could reveal their values. */
  private static void requireShown(Field field) {
    if (field.attribute().hidden()) {
      throw ScimException.invalidFilter("'" + field.name() + "' cannot be searched.");
    }
  }

  private FilterCondition comparison(FilterNames.Way way) {
    String word = tokens.word();
    if (word.isEmpty()) {
      throw tokens.expected("an operator");
    }
    if (word.toLowerCase(Locale.ROOT).equals("pr")) {
      tokens.skipSpaces();
      return within(way, new FilterCondition.Present(way.field()));
    }
    Operator operator =
        Operator.of(word)
            .orElseThrow(
                () -> ScimException.invalidFilter(FilterTokens.shown(word) + " is no operator."));
    tokens.skipSpaces();
    JsonNode value = value();
    return value.isNull() ? absence(way, operator) : compare(way, operator, value);
  }

  /** Reads a value; as RFC 7644 itself prints {@code value eq"2819c223"}, no space is required. */
  private JsonNode value() {
    if (tokens.atEnd() || (!tokens.spaced() && !tokens.follows('"'))) {
      throw tokens.expected("a value");
    }
    JsonNode value =
        tokens.follows('"')
            ? FilterLiterals.string(tokens.quoted())
                .orElseThrow(() -> tokens.malformed("the string is not one of JSON."))
            : bare();
    tokens.skipSpaces();
    return value;
  }

  private JsonNode bare() {
    String word = tokens.word();
    return FilterLiterals.bare(word)
        .orElseThrow(
            () ->
                ScimException.invalidFilter(
                    FilterTokens.shown(word) + " is no value; strings stand in double quotes."));
  }

  /** A comparison with null: only an absent value equals null. */
  private static FilterCondition absence(FilterNames.Way way, Operator operator) {
    FilterCondition present = within(way, new FilterCondition.Present(way.field()));
    return switch (operator) {
      case EQ -> new FilterCondition.Not(present);
      case NE -> present;
      default -> throw ScimException.invalidFilter("Only eq and ne can compare with null.");
    };
  }

  private static FilterCondition compare(FilterNames.Way way, Operator operator, JsonNode value) {
    String name = way.field().attribute().name();
    FilterNames.Way end =
        FilterNames.toValue(way)
            .orElseThrow(
                () ->
                    ScimException.invalidFilter(
                        "'" + name + "' has no 'value'; compare one of its sub-attributes."));
    requireShown(end.field());
    Attribute.Type type = end.field().attribute().type();
    JsonNode typed =
        type == Attribute.Type.DATETIME ? LexicalTypes.canonical(type, value).orElse(value) : value;
    FilterCondition.Compare compare = new FilterCondition.Compare(end.field(), operator, typed);
    ValueComparison.of(compare).require();
    return within(end, compare);
  }

  /** Nests a condition; it is constant for an attribute that only another type has. */
  private static FilterCondition within(FilterNames.Way way, FilterCondition condition) {
    FilterCondition whole = condition;
    for (int i = way.through().size() - 1; i >= 0; i--) {
      Field field = way.through().get(i);
      whole = new FilterCondition.Some(field, whole);
    }
    if (way.lacking()) {
      return whole.matches(Json.object())
          ? new FilterCondition.And(List.of())
          : new FilterCondition.Or(List.of());
    }
    return whole;
  }
}
