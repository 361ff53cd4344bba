package io.gatehouse.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.WebhookFixture;
import io.gatehouse.support.WebhookGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Okta, Microsoft Graph and OneLogin send, one call after the other. */
class WebhookFixturesTest {

  private static final Path FIXTURES = Path.of("src/test/resources/fixtures/webhooks");

  private static final String SUBSCRIPTIONS =
      """
      [{"id":"0f0e0d0c-1111-4222-8333-444455556666"},{"id":"0f0e0d0c-aaaa-4bbb-8ccc-ddddeeeeffff"}]
      """;

  @AutoClose private static final Gateway gateway = WebhookGateway.start();

  @ParameterizedTest
  @MethodSource("fixtures")
  void answersAsTheProviderNeedsAndKeepsWhatItSays(String name) {
    WebhookFixture fixture = WebhookFixture.of(FIXTURES.resolve(name));
    IdpWebhookCaller sender = sender(name);
    boolean again = name.contains("duplicate");
    if (again) {
      before(fixture).run(sender);
    }
    List<Signal> before = sender.kept();

    fixture.run(sender);

    List<Signal> kept = sender.kept();
    assertThat(before).hasSize(again ? 1 : 0);
    fixture.checkKept(kept.subList(before.size(), kept.size()));
  }

  /** The first delivery of the same event, in another envelope. */
  private static WebhookFixture before(WebhookFixture again) {
    ObjectNode first = again.json().deepCopy();
    ((ObjectNode) first.path("request").path("body")).put("eventId", "another");
    return new WebhookFixture(first);
  }

  /** Those that need an outage have one in {@link WebhookOutageTest}. */
  @Test
  void leavesOutThoseThatNeedAnOutage() throws IOException {
    try (Stream<Path> all = Files.walk(FIXTURES)) {
      assertThat(
              all.filter(it -> it.toString().endsWith(".json"))
                  .map(WebhookFixture::of)
                  .filter(it -> it.given().isPresent())
                  .map(WebhookFixture::name))
          .containsExactly("okta/16-broker-down");
    }
  }

  private IdpWebhookCaller sender(String name) {
    if (name.startsWith("okta")) {
      return WebhookGateway.sender(gateway, "okta", "okta-hook-7Qm2v9Zs");
    }
    if (name.startsWith("onelogin")) {
      return WebhookGateway.sender(gateway, "onelogin", "onelogin-hook-93fTqL");
    }
    IdpWebhookCaller graph = WebhookGateway.sender(gateway, "entra", "graph-cs-5vT1wQ8x");
    graph.subscriptions(SUBSCRIPTIONS);
    return graph;
  }

  private static Stream<String> fixtures() throws IOException {
    return Files.walk(FIXTURES)
        .filter(it -> it.toString().endsWith(".json"))
        .filter(it -> WebhookFixture.of(it).given().isEmpty())
        .map(it -> FIXTURES.relativize(it).toString())
        .filter(it -> !it.startsWith("generic"))
        .sorted();
  }
}
