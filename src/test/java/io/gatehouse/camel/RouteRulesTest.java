package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A route file of an integrator may do what is on a short list, and is told in which line it does
 * not.
 */
class RouteRulesTest {

  private static final String GOOD =
      """
      - route:
          id: idp-ping-scim
          description: An example.
          from:
            uri: direct:idp-ping-scim
            steps:
              - log: { message: "a call" }
              - to: { uri: "quirks:booleans-from-strings,none" }
              - to: { uri: "quirks:none" }
              - to:
                  uri: map:users
                  parameters:
                    jslt: |
                      // the rest as it is
                      { "title": .job, * : . }
      """;

  @Test
  void takesWhatIsOnTheList() {
    assertThatCode(() -> RouteRules.read("ping", GOOD)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void holdsForTheFilesOfTheJarToo(Path file) throws IOException {
    String text = Files.readString(file);

    RouteRules.read(file.getFileName().toString().replace(RouteFile.ENDING, ""), text);
  }

  private static Stream<Path> builtIn() throws IOException {
    return Files.list(Path.of("routes/idp")).filter(it -> it.toString().endsWith(RouteFile.ENDING));
  }

  /** The broken line stands in for the first step. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bean: { ref: directory, method: apply }",
        "to: quirks:none",
        "to: { uri: 'bean:directory' }",
        "to: { uri: 'http://example.com', parameters: { a: b } }",
        "to: { uri: https://example.com }",
        "to: { uri: 'file:/etc?fileName=passwd' }",
        "to: { uri: exec:sh }",
        "to: { uri: sql:select }",
        "to: { uri: jms:queue:commands }",
        "to: { uri: command-queue:commands }",
        "to: { uri: direct:command-submit }",
        "to: { uri: language:groovy:1 }",
        "to: { uri: 'log:all?showBody=true' }",
        "to: { uri: quirks:no-such-quirk }",
        "to: { uri: 'quirks:none?x=y' }",
        "to: { uri: 'quirks: none' }",
        "to: { uri: quirks:none, parameters: { lenient: true } }",
        "to: { uri: map:users }",
        "to: { uri: map:everything, parameters: { jslt: '.' } }",
        "to: { uri: map:users, parameters: { jslt: '.', file: /etc/passwd } }",
        "to: { uri: map:users, parameters: { jslt: 'def f(x) f(x) .' } }",
        "to: { uri: quirks:none, uri: bean:directory }",
        "to: { uri: quirks:none, id: x }",
        "toD: { uri: 'direct:${body}' }",
        "script: { groovy: 'System.exit(0)' }",
        "setBody: { simple: '${body}' }",
        "setProperty: { name: idp, constant: okta }",
        "log: { message: '${body}' }",
        "log: { message: hello, loggingLevel: ERROR }",
        "log: { message: '{{env:GATEHOUSE_DB_PASSWORD}}' }",
        "log: &x { message: hello }",
        "log: *x",
        "log: a: b",
        "{}",
        "- a",
      })
  void refusesEverythingElseInItsLine(String step) {
    String broken = GOOD.replace("log: { message: \"a call\" }", step);

    assertThatThrownBy(() -> RouteRules.read("ping", broken))
        .isInstanceOfSatisfying(
            RouteProblemException.class, it -> assertThat(it.sentence()).contains("line 7: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: idp-ping-scim | id: idp-okta-scim | line 2",
        "id: idp-ping-scim | id: edge-scim | line 2",
        "description: An example. | description: '' | line 3",
        "description: An example. | description: '{{env:HOME}}' | line 3",
        "description: An example. | autoStartup: false | line 3",
        "description: An example. | errorHandler: x | line 3",
        "uri: direct:idp-ping-scim | uri: timer:x | line 5",
        "uri: direct:idp-ping-scim | uri: direct:idp-okta-scim | line 5",
        "'- route:' | '- rest:' | line 1",
        ".job, | .job +*, | line 15",
        ".job, | now(), | line 15",
        "map:users | map:user | line 11",
      })
  void refusesOtherNamesInTheirLine(String from, String to, String line) {
    String broken = GOOD.replace(from, to);
    assertThat(broken).isNotEqualTo(GOOD);

    assertThatThrownBy(() -> RouteRules.read("ping", broken))
        .isInstanceOfSatisfying(
            RouteProblemException.class, it -> assertThat(it.sentence()).startsWith(line + ": "));
  }

  @Test
  void refusesASecondRouteASecondDocumentAndNone() {
    assertThatThrownBy(() -> RouteRules.read("ping", GOOD + GOOD))
        .isInstanceOfSatisfying(
            RouteProblemException.class, it -> assertThat(it.sentence()).startsWith("line 16: "));
    assertThatThrownBy(() -> RouteRules.read("ping", GOOD + "---\n" + GOOD))
        .isInstanceOf(RouteProblemException.class);
    assertThatThrownBy(() -> RouteRules.read("ping", "")).isInstanceOf(RouteProblemException.class);
    assertThatThrownBy(() -> RouteRules.read("ping", "[]"))
        .isInstanceOf(RouteProblemException.class);
  }

  @Test
  void refusesMoreThanEightSteps() {
    String nine =
        GOOD.replace("steps:\n", "steps:\n" + "        - log: { message: x }\n".repeat(5));

    assertThatThrownBy(() -> RouteRules.read("ping", nine))
        .isInstanceOfSatisfying(
            RouteProblemException.class, it -> assertThat(it.sentence()).contains("1 to 8 steps"));
  }

  @Test
  void refusesANameThatIsNone() {
    assertThatThrownBy(() -> RouteRules.read("Ping One", GOOD))
        .isInstanceOf(RouteProblemException.class);
  }
}
