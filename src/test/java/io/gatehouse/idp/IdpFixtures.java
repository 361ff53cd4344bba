package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Fixture;
import io.gatehouse.support.Gateway;
import io.gatehouse.tenant.IdpProfiles;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * For whoever writes a route file: runs a folder of fixtures against it, on a real gateway, with a
 * line for each. It is no part of the build.
 *
 * <pre>./mvnw -q test -Dtest=IdpFixtures -Dfixtures=DIR -Didp=NAME [-Droutes=DIR]</pre>
 */
class IdpFixtures {

  /** What became of a fixture. */
  record Result(String fixture, Optional<String> failure) {

    String line() {
      return failure
          .map(it -> "FAIL  " + fixture + "  " + it.replaceAll("\\s+", " ").strip())
          .orElse("ok    " + fixture);
    }
  }

  @Test
  void answersAsTheIdpNeeds() throws IOException {
    Path folder = Path.of(setting("fixtures"));
    Optional<Path> routes = Optional.ofNullable(System.getProperty("routes")).map(Path::of);

    List<Result> results = run(folder, setting("idp"), routes);

    results.forEach(it -> System.out.println(it.line()));
    assertThat(results).as("There is no fixture in " + folder).isNotEmpty();
    assertThat(results).filteredOn(it -> it.failure().isPresent()).isEmpty();
  }

  private static String setting(String name) {
    String value = System.getProperty(name);
    assertThat(value).as("Say -D" + name + "=... ; see routes/README.md").isNotBlank();
    return value;
  }

  static List<Result> run(Path folder, String idp, Optional<Path> routes) throws IOException {
    String[] settings =
        Stream.concat(
                Stream.of("--logging.level.io.gatehouse=error"),
                routes.map(it -> "--gatehouse.routes=" + it).stream())
            .toArray(String[]::new);
    try (Gateway gateway = Gateway.start(Gateway.temporaryFolder(), settings);
        Stream<Path> files = Files.walk(folder)) {
      IdpProfiles profiles = gateway.bean(IdpProfiles.class);
      assertThat(profiles.names()).as("loaded, of %s", profiles.sources()).contains(idp);
      return files
          .filter(it -> it.toString().endsWith(".json"))
          .sorted()
          .map(it -> new Result(folder.relativize(it).toString(), failure(it, idp, gateway)))
          .toList();
    }
  }

  private static Optional<String> failure(Path file, String idp, Gateway gateway) {
    String step = "reading it";
    try {
      for (Fixture.Step next : Fixture.of(file, gateway.connection(idp)).steps()) {
        step = next.label();
        next.run();
      }
      return Optional.empty();
    } catch (IOException | JMSException | RuntimeException | AssertionError e) {
      return Optional.of(step + ": " + e.getMessage());
    }
  }
}
