package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gatehouse.support.Fixture;
import io.gatehouse.support.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Requests in the shape that Entra, Okta and OneLogin send, and the answers that they need. */
class FixturesTest {

  private static final Path FOLDER = Path.of("src/test/resources/fixtures/scim");

  /**
   * Fixtures that are not satisfied: why, and the failure that shows it. Whoever makes one pass
   * takes it out here.
   */
  private static final Map<String, Unsatisfied> UNSATISFIED =
      Map.ofEntries(
          Map.entry(
              "entra/117-group-remove-member-filter-without-blank.json",
              new Unsatisfied("a filter without its blanks is not read", "group.eng")),
          Map.entry(
              "entra/122-patch-without-schemas.json",
              new Unsatisfied("a PATCH must name its schema", "'schemas' must contain")),
          Map.entry(
              "entra/128-content-encoding-identity.json",
              new Unsatisfied(
                  "no Content-Encoding is taken, not even none", "must not be compressed")),
          Map.entry(
              "entra/144-empty-query-parameters.json",
              new Unsatisfied("an empty parameter is not as if it were absent", "malformed")),
          Map.entry(
              "entra/156-patch-singular-as-list.json",
              new Unsatisfied("a list of one is no single value", "must be a string")),
          Map.entry(
              "entra/170-base-url-with-a-slash.json",
              new Unsatisfied("two slashes are no path", "not allowed")),
          Map.entry(
              "okta/101-group-add-members-one-unknown.json",
              new Unsatisfied("one unknown member sinks the others", "There is no user or group")),
          Map.entry(
              "okta/121-create-without-schemas.json",
              new Unsatisfied("a resource must name its schema", "'schemas' must contain")),
          Map.entry(
              "okta/143-patch-read-only-beside-a-deactivation.json",
              new Unsatisfied("a read-only path sinks what is beside it", "mutability")),
          Map.entry(
              "okta/152-filter-without-quotes.json",
              new Unsatisfied("Okta's filters need quotes", "is no value")),
          Map.entry(
              "okta/155-patch-element-as-array-of-one.json",
              new Unsatisfied("a list of one is no element", "must be an object")),
          Map.entry(
              "onelogin/124-patch-empty-operations.json",
              new Unsatisfied("a PATCH must have operations", "'Operations' must be an array")),
          Map.entry(
              "onelogin/146-filter-with-a-bare-backslash.json",
              new Unsatisfied("a backslash must be escaped", "not one of JSON")),
          Map.entry(
              "standard/126-form-content-type.json",
              new Unsatisfied("a form is no JSON, and is not answered so", "500")),
          Map.entry(
              "standard/151-paging-count-beyond-32-bits.json",
              new Unsatisfied("a count has 32 bits", "must be an integer")));

  private record Unsatisfied(String reason, String evidence) {}

  @TestFactory
  Stream<DynamicNode> answersAsTheIdpNeeds() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(it -> it.toString().endsWith(".json"))
          .map(it -> FOLDER.relativize(it).toString().replace('\\', '/'))
          .sorted()
          .map(FixturesTest::node)
          .toList()
          .stream();
    }
  }

  private static DynamicNode node(String name) {
    Unsatisfied unsatisfied = UNSATISFIED.get(name);
    return unsatisfied == null
        ? dynamicContainer(name, Stream.of(name).flatMap(FixturesTest::steps))
        : dynamicTest(
            name + " is not satisfied: " + unsatisfied.reason(),
            () ->
                assertThatThrownBy(() -> runAll(name))
                    .hasMessageContaining(unsatisfied.evidence()));
  }

  /** The state is seeded when the container is opened; after a failure the rest is not run. */
  private static Stream<DynamicNode> steps(String name) {
    AtomicBoolean sound = new AtomicBoolean(true);
    List<DynamicNode> nodes = new ArrayList<>();
    for (Fixture.Step step : fixture(name).steps()) {
      nodes.add(
          dynamicTest(
              step.label(),
              () -> {
                assumeTrue(sound.getAndSet(false), "an earlier step failed");
                step.run();
                sound.set(true);
              }));
    }
    return nodes.stream();
  }

  private static Fixture fixture(String name) {
    try {
      return Fixture.of(FOLDER.resolve(name), Gateway.shared());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void runAll(String name) throws Exception {
    for (Fixture.Step step : fixture(name).steps()) {
      step.run();
    }
  }
}
