package io.gatehouse.idp;

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
      Map.of(
          "entra/119-group-remove-member-single-quotes.json",
          new Unsatisfied("single quotes are read as quotes, which is as right", "204"));

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
