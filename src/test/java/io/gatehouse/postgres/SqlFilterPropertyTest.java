package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.DateTimes;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Samples;
import io.gatehouse.scim.Shapes;
import io.gatehouse.scim.SortKey;
import io.gatehouse.support.Gateway;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What PostgreSQL finds is what the same condition says in memory. */
class SqlFilterPropertyTest {

  private static final JdbcClient JDBC = Gateway.shared().bean(JdbcClient.class);

  @Property(tries = 20, shrinking = ShrinkingMode.BOUNDED)
  void findsWhoMatchesInMemory(
      @ForAll("populations") List<ObjectNode> bodies, @ForAll("filters") List<String> filters) {
    Population population = Population.of(JDBC, bodies);

    for (String filter : filters) {
      FilterCondition condition = FilterCondition.parse(Shapes.USER, filter);

      assertThat(found(population, condition))
          .as(filter)
          .containsExactlyInAnyOrderElementsOf(
              population.shown().stream()
                  .filter(condition::matches)
                  .map(SqlFilterPropertyTest::id)
                  .toList());
    }
  }

  private static List<UUID> found(Population population, FilterCondition condition) {
    ResourceQuery.Selected selected =
        new ResourceQuery.Selected(ResourceType.USER, condition, null);
    return walk(population, selected, 1000);
  }

  private static UUID id(JsonNode shown) {
    return UUID.fromString(shown.path("id").asText());
  }

  @Property(tries = 8, shrinking = ShrinkingMode.BOUNDED)
  void sortsByValueAndWalksFromPageToPage(
      @ForAll("populations") List<ObjectNode> bodies, @ForAll("orders") List<String> orders) {
    Population population = Population.of(JDBC, bodies);

    for (String order : orders) {
      for (String direction : List.of("ascending", "descending")) {
        SortKey sort = SortKey.of(Shapes.USER, order, direction);
        ResourceQuery.Selected selected = new ResourceQuery.Selected(ResourceType.USER, null, sort);
        List<UUID> expected =
            population.shown().stream()
                .sorted(inMemory(sort))
                .map(SqlFilterPropertyTest::id)
                .toList();

        assertThat(walk(population, selected, 1000)).as(order).isEqualTo(expected);
        assertThat(walk(population, selected, 2)).as(order).isEqualTo(expected);
      }
    }
  }

  /** All pages of this size, each from where the one before ended. */
  private static List<UUID> walk(Population population, ResourceQuery.Selected selected, int size) {
    PostgresResourceQueries listing = new PostgresResourceQueries(JDBC, new TransactionTemplate());
    List<UUID> ids = new ArrayList<>();
    Optional<ResourceQuery.Position> next = Optional.empty();
    do {
      var page =
          listing.find(
              population.caller(),
              new ResourceQuery(
                  List.of(selected), new ResourceQuery.Window(0, size, next.orElse(null), false)));
      page.resources().forEach(it -> ids.add(it.id()));
      next = page.next();
    } while (next.isPresent());
    return ids;
  }

  private static Comparator<ObjectNode> inMemory(SortKey sort) {
    Function<ObjectNode, Key> key = user -> key(sort, user);
    Comparator<ObjectNode> byKey = Comparator.comparing(key);
    return (sort.descending() ? byKey.reversed() : byKey)
        .thenComparing(it -> it.path("id").asText());
  }

  private static Key key(SortKey sort, ObjectNode user) {
    JsonNode value = at(user, sort.field().path());
    if (sort.element() == null) {
      return new Key(sort.attribute(), value);
    }
    List<JsonNode> elements = new ArrayList<>();
    value.forEach(elements::add);
    return elements.stream()
        .sorted(Comparator.comparing(it -> !it.path("primary").asBoolean()))
        .map(it -> new Key(sort.attribute(), at(it, sort.element().path())))
        .filter(Key::present)
        .findFirst()
        .orElse(new Key(sort.attribute(), MissingNode.getInstance()));
  }

  private static JsonNode at(JsonNode node, List<String> path) {
    JsonNode value = node;
    for (String name : path) {
      value = value.path(name);
    }
    return value;
  }

  /** A value in its order; no value comes last. */
  private record Key(Attribute attribute, JsonNode value) implements Comparable<Key> {
    boolean present() {
      return !value.isMissingNode();
    }

    @Override
    public int compareTo(Key other) {
      if (!present() || !other.present()) {
        return Boolean.compare(other.present(), present());
      }
      return switch (attribute.type()) {
        case INTEGER, DECIMAL -> value.decimalValue().compareTo(other.value.decimalValue());
        case BOOLEAN -> Boolean.compare(value.booleanValue(), other.value.booleanValue());
        case DATETIME ->
            DateTimes.instant(value.textValue())
                .compareTo(DateTimes.instant(other.value.textValue()));
        default -> byCodePoint(text(), other.text());
      };
    }

    private String text() {
      return attribute.exact() ? value.textValue() : Folded.text(value.textValue());
    }

    private static int byCodePoint(String a, String b) {
      int[] left = a.codePoints().toArray();
      int[] right = b.codePoints().toArray();
      return IntStream.range(0, Math.min(left.length, right.length))
          .map(i -> Integer.compare(left[i], right[i]))
          .filter(it -> it != 0)
          .findFirst()
          .orElse(Integer.compare(left.length, right.length));
    }
  }

  @Provide
  Arbitrary<List<ObjectNode>> populations() {
    return Samples.bodies().list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<String>> filters() {
    return Samples.filters().list().ofMinSize(10).ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<String>> orders() {
    return Arbitraries.of(
            "userName",
            "title",
            "name.familyName",
            "externalId",
            "emails",
            "emails.type",
            "active",
            "photos",
            "department",
            "manager",
            "code",
            "level",
            "ratio",
            "since",
            "remote",
            "tags",
            "codes",
            "levels",
            "desk.floor",
            "visits",
            "visits.at",
            "visits.rank",
            "id",
            "meta.created",
            "meta.lastModified",
            "meta.version")
        .list()
        .ofSize(5);
  }
}
