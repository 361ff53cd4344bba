package io.gatehouse;

import io.gatehouse.support.Fixture;
import io.gatehouse.support.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests in the shape that Entra, Okta and OneLogin send, and the answers that they need. */
class FixturesTest {

  private static final Path FOLDER = Path.of("src/test/resources/fixtures/scim");

  @ParameterizedTest(name = "{0}")
  @MethodSource("fixtures")
  void answersAsTheIdpNeeds(Path fixture) throws IOException {
    Fixture.run(FOLDER.resolve(fixture), Gateway.shared());
  }

  private static Stream<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(it -> it.toString().endsWith(".json"))
          .map(FOLDER::relativize)
          .sorted()
          .toList()
          .stream();
    }
  }
}
