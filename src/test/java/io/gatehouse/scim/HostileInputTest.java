package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.filters.Filter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is sent, the readers have a value or a refusal. */
class HostileInputTest {

  @Property(tries = 1_000)
  void readsAnyFilterOrRefusesIt(@ForAll("hostile") String text) {
    expectAnAnswer(() -> FilterCondition.parse(Shapes.USER, text));
  }

  @Property(tries = 1_000)
  void readsAnyPathOrRefusesIt(@ForAll("hostile") String text) {
    expectAnAnswer(() -> AttributePath.parse(Shapes.USER, text));
    expectAnAnswer(() -> AttributePath.parse(Shapes.USER, "emails[" + text + "].value"));
  }

  @Property(tries = 700)
  void readsAnyBodyOrRefusesIt(@ForAll("hostile") String text) {
    expectAnAnswer(() -> Json.object(text.getBytes(StandardCharsets.UTF_8)));
    expectAnAnswer(
        () -> Json.object(("{\"userName\":" + text + "}").getBytes(StandardCharsets.UTF_8)));
  }

  @Property(tries = 700)
  void readsAnyBytesOrRefusesThem(@ForAll byte[] bytes) {
    expectAnAnswer(() -> Json.object(bytes));
  }

  /** The order of bytes that no machine has (UCS-4-2143), which the parser knows by name. */
  @Example
  void refusesBytesInAnImpossibleOrder() {
    assertThatThrownBy(() -> Json.object(new byte[] {0, 0, 1, 0}))
        .isInstanceOf(ScimException.class);
  }

  /** Its rendering has all parentheses, so reading that must mean the same as reading the text. */
  @Property(tries = 400)
  void bindsOperatorsAsAnotherParserDoes(@ForAll("chains") String text) throws BadRequestException {
    String rendered = Filter.fromString(text).toString();

    assertThat(flat(FilterCondition.parse(Shapes.USER, text)))
        .isEqualTo(flat(FilterCondition.parse(Shapes.USER, rendered)));
  }

  /** The other parser pairs what is joined by the same word, and says some of it twice. */
  private static FilterCondition flat(FilterCondition condition) {
    if (condition instanceof FilterCondition.And and) {
      return new FilterCondition.And(
          flat(and.terms(), FilterCondition.And.class, FilterCondition.And::terms));
    }
    if (condition instanceof FilterCondition.Or or) {
      return new FilterCondition.Or(
          flat(or.terms(), FilterCondition.Or.class, FilterCondition.Or::terms));
    }
    return condition;
  }

  private static <T extends FilterCondition> List<FilterCondition> flat(
      List<FilterCondition> terms, Class<T> same, Function<T, List<FilterCondition>> inner) {
    return terms.stream()
        .map(HostileInputTest::flat)
        .flatMap(it -> same.isInstance(it) ? inner.apply(same.cast(it)).stream() : Stream.of(it))
        .distinct()
        .toList();
  }

  /** Texts that nobody sends by mistake: long, deep, cut off, or with something stuck in. */
  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> endless =
        Arbitraries.of("(", ")", "[", "]", "\"", "\\", "not (", "{", ",", " and ", ".")
            .flatMap(it -> Arbitraries.integers().between(1, 6_000).map(it::repeat));
    Arbitrary<String> stuck = Arbitraries.of("\0", "\u0007", "\"", "]", "\ud800", "(", "");
    Arbitrary<String> broken =
        Combinators.combine(Samples.filters(), Arbitraries.doubles().between(0, 1), stuck)
            .as(
                (filter, place, what) -> {
                  int cut = (int) (place * filter.length());
                  String rest = what.isEmpty() ? "" : filter.substring(cut);
                  return filter.substring(0, cut) + what + rest;
                });
    return Arbitraries.oneOf(Arbitraries.strings().all().ofMaxLength(200), endless, broken);
  }

  @Provide
  Arbitrary<String> chains() {
    Arbitrary<String> term =
        Arbitraries.of(
            "title pr",
            "active eq true",
            "not (userName sw \"a\")",
            "emails[type eq \"work\"]",
            "name.givenName co \"b\"");
    return term.list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .flatMap(
            terms ->
                Arbitraries.of(" and ", " or ", " AND ", " Or ")
                    .list()
                    .ofSize(terms.size())
                    .map(
                        words -> {
                          StringBuilder chain = new StringBuilder(terms.get(0));
                          for (int i = 1; i < terms.size(); i++) {
                            chain.append(words.get(i)).append(terms.get(i));
                          }
                          return chain.toString();
                        }));
  }

  private static void expectAnAnswer(Runnable reader) {
    try {
      reader.run();
    } catch (ScimException e) {
      assertThat(e.refusal().status()).isEqualTo(400);
      assertThat(e.refusal().detail()).hasSizeLessThan(1_000);
    }
  }
}
