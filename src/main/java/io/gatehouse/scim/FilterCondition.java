package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A filter with names resolved in the schemas and values of their attributes' types (RFC 7644
 * section 3.4.2.2). It is a condition on a document or, inside {@link Some}, on one element of a
 * multi-valued attribute. An empty {@link And} is always true, an empty {@link Or} never.
 */
public sealed interface FilterCondition {

  <R> R match(Cases<R> cases);

  /** One function for each kind of condition. */
  interface Cases<R> {
    R and(And condition);

    R or(Or condition);

    R not(Not condition);

    R present(Present condition);

    R compare(Compare condition);

    R some(Some condition);
  }

  /**
   * Parses a filter.
   *
   * @param alsoKnown other types of a search over several; attributes that only they define count
   *     as absent
   * @throws ScimException 400 invalidFilter
   */
  static FilterCondition parse(
      ResourceDefinition definition, String filter, ResourceDefinition... alsoKnown) {
    return FilterParser.parse(FilterNames.of(definition, alsoKnown), filter);
  }

  /** The number of its comparisons. */
  default int comparisons() {
    return ComparisonCount.of(this);
  }

  default boolean matches(JsonNode documentOrElement) {
    return match(new FilterEvaluation(documentOrElement));
  }

  /**
   * The location of an attribute.
   *
   * @param path names in schema spelling from the document or the element, the first may be the URN
   *     of an extension; empty for an element that is a simple value itself
   */
  record Field(List<String> path, Attribute attribute) {
    public String name() {
      return path.isEmpty() ? attribute.name() : path.get(path.size() - 1);
    }
  }

  /** The comparisons of table 3; {@code pr} is {@link Present}. */
  enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    GT,
    GE,
    LT,
    LE;

    static Optional<Operator> of(String anyCase) {
      String word = anyCase.toLowerCase(Locale.ROOT);
      for (Operator operator : values()) {
        if (operator.word().equals(word)) {
          return Optional.of(operator);
        }
      }
      return Optional.empty();
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it searches for a part of a string. */
    public boolean substring() {
      return this == CO || this == SW || this == EW;
    }

    /** Whether it needs ordered values. */
    public boolean ordering() {
      return this == GT || this == GE || this == LT || this == LE;
    }
  }

  /** All of them hold. */
  record And(List<FilterCondition> terms) implements FilterCondition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.and(this);
    }
  }

  /** At least one of them holds. */
  record Or(List<FilterCondition> terms) implements FilterCondition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.or(this);
    }
  }

  /** The term does not hold. */
  record Not(FilterCondition term) implements FilterCondition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.not(this);
    }
  }

  /** The attribute has a value that is not empty. */
  record Present(Field field) implements FilterCondition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.present(this);
    }
  }

  /**
   * A comparison of one attribute with a value. {@code NE} holds whenever {@code EQ} does not, so
   * also for an absent value; the other operators need a value.
   *
   * @param field not multi-valued, unless it is the element itself
   * @param value of the attribute's type; never null, which {@link Present} stands for
   */
  record Compare(Field field, Operator operator, JsonNode value) implements FilterCondition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.compare(this);
    }
  }

  /**
   * At least one element of a multi-valued attribute satisfies a condition.
   *
   * @param element its fields are relative to the element
   */
  record Some(Field field, FilterCondition element) implements FilterCondition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.some(this);
    }
  }
}
