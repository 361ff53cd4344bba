package io.gatehouse.camel.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Collectors;
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

  private static final String WEBHOOK =
      """
      - route:
          id: idp-ping-webhook
          description: An example.
          from:
            uri: direct:idp-ping-webhook
            steps:
              - to: { uri: "webhook:secret", parameters: { header: X-Secret } }
              - to: { uri: "webhook:decode" }
              - to:
                  uri: webhook:map
                  parameters:
                    jslt: |
                      { "kind": "user-changed",
                        "id": .event.id }
              - to: { uri: "webhook:answer", parameters: { status: 202 } }
      """;

  private final RouteRules rules = new RouteRules(WebhookRules.of(Clock.systemUTC()));

  @Test
  void takesWhatIsOnTheList() {
    assertThat(rules.read("ping", GOOD)).extracting(IdpRoute::id).containsExactly("idp-ping-scim");
    assertThat(rules.read("ping", WEBHOOK))
        .extracting(IdpRoute::id)
        .containsExactly("idp-ping-webhook");
    assertThat(rules.read("ping", GOOD + WEBHOOK)).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void holdsForTheFilesOfTheJarToo(Path file) throws IOException {
    String text = Files.readString(file);

    rules.read(file.getFileName().toString().replace(RouteFile.ENDING, ""), text);
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

    assertThatThrownBy(() -> rules.read("ping", broken))
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

    assertThatThrownBy(() -> rules.read("ping", broken))
        .isInstanceOfSatisfying(
            RouteProblemException.class, it -> assertThat(it.sentence()).startsWith(line + ": "));
  }

  @Test
  void refusesASecondRouteASecondDocumentAndNone() {
    assertThatThrownBy(() -> rules.read("ping", GOOD + GOOD))
        .isInstanceOfSatisfying(
            RouteProblemException.class, it -> assertThat(it.sentence()).startsWith("line 16: "));
    assertThatThrownBy(() -> rules.read("ping", GOOD + "---\n" + GOOD))
        .isInstanceOf(RouteProblemException.class);
    assertThatThrownBy(() -> rules.read("ping", "")).isInstanceOf(RouteProblemException.class);
    assertThatThrownBy(() -> rules.read("ping", "[]")).isInstanceOf(RouteProblemException.class);
  }

  @Test
  void refusesMoreThanEightSteps() {
    String nine =
        GOOD.replace("steps:\n", "steps:\n" + "        - log: { message: x }\n".repeat(5));

    assertThatThrownBy(() -> rules.read("ping", nine))
        .isInstanceOfSatisfying(
            RouteProblemException.class, it -> assertThat(it.sentence()).contains("1 to 8 steps"));
  }

  @Test
  void refusesANameThatIsNone() {
    assertThatThrownBy(() -> rules.read("Ping One", GOOD))
        .isInstanceOf(RouteProblemException.class);
  }

  /** A webhook route that is wrong in a line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "webhook:secret | webhook:secrets | line 7",
        "webhook:secret | quirks:none | line 7",
        "header: X-Secret | heater: X-Secret | line 7",
        "header: X-Secret | header: '' | line 7",
        "header: X-Secret | query: q, header: X-Secret | line 7",
        "header: X-Secret | errors: html, header: X-Secret | line 7",
        "webhook:decode | webhook:okta | line 9",
        "webhook:decode | webhook:items | line 7",
        "webhook:map | webhook:answer | line 15",
        ".event.id | .event.id + * | line 14",
        ".event.id | now() | line 14",
        "jslt: | mapping: | line 12",
        "status: 202 | status: 301 | line 15",
        "status: 202 | body: ok | line 15",
      })
  void refusesAWebhookRouteInItsLine(String from, String to, String line) {
    String broken = WEBHOOK.replace(from, to);
    assertThat(broken).isNotEqualTo(WEBHOOK);

    assertThatThrownBy(() -> rules.read("ping", broken))
        .isInstanceOfSatisfying(
            RouteProblemException.class, it -> assertThat(it.sentence()).startsWith(line + ": "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "decode", "answer"})
  void refusesAWebhookRouteThatLeavesOutAStep(String step) {
    String broken =
        WEBHOOK
            .lines()
            .filter(it -> !it.contains("webhook:" + step))
            .collect(Collectors.joining("\n"));

    assertThatThrownBy(() -> rules.read("ping", broken)).isInstanceOf(RouteProblemException.class);
  }
}
