package io.gatehouse.camel.routefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.inbox.Signal;
import io.gatehouse.scim.ScimException;
import io.gatehouse.webhook.RefusedWebhookException;
import io.gatehouse.webhook.WebhookCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the route file of an IdP is tested: what its routes make of a request, and of a webhook. */
class IdpRouteFileTest {

  private static final String DEACTIVATED =
      """
      {
        "data": {
          "events": [
            {
              "uuid": "e1",
              "eventType": "user.lifecycle.deactivate",
              "published": "2026-11-03T09:15:00Z",
              "outcome": {"result": "SUCCESS"},
              "target": [{"id": "00u1", "type": "User", "alternateId": "ada@example.com"}]
            }
          ]
        }
      }
      """;

  @Test
  void makesTheUserThatTheIdpMeans() throws Exception {
    try (IdpRouteFile ping = IdpRouteFile.of("ping", exampleOfReadme())) {
      ScimRequest meant =
          ping.meant(
              "POST",
              "Users",
              """
              {
                "userName": "ada@example.com",
                "active": "true",
                "addresses": {"work": {"street": "1 Main St", "city": "Bern"}}
              }
              """);

      assertThat(meant.body().at("/addresses/0/type").asText()).isEqualTo("work");
      assertThat(meant.body().at("/addresses/0/locality").asText()).isEqualTo("Bern");
      assertThat(meant.body().path("active").isBoolean()).isTrue();
      assertThat(meant.repairs()).contains("map:users", "booleans-from-strings active");
    }
  }

  @Test
  void leavesAloneWhatTheMappingIsNotFor() throws Exception {
    try (IdpRouteFile ping = IdpRouteFile.of("ping", exampleOfReadme())) {
      ScimRequest meant = ping.meant("POST", "Groups", "{\"displayName\": \"Ward 5\"}");

      assertThat(meant.body().toString()).isEqualTo("{\"displayName\":\"Ward 5\"}");
      assertThat(meant.repairs()).isEmpty();
    }
  }

  @Test
  void refusesAUserOfWhichTheMappingMakesNoObject() throws Exception {
    String text =
        """
        - route:
            id: idp-ping-scim
            description: For a test.
            from:
              uri: direct:idp-ping-scim
              steps:
                - to: { uri: "map:users", parameters: { jslt: ".userName" } }
        """;
    try (IdpRouteFile ping = IdpRouteFile.of("ping", text)) {
      assertThatThrownBy(() -> ping.meant("POST", "Users", "{\"userName\": \"ada\"}"))
          .isInstanceOfSatisfying(
              ScimException.class, it -> assertThat(it.refusal().status()).isEqualTo(400));
    }
  }

  @Test
  void readsTheEventsOfACallThatProvesItsSenderAndOfNoOther() throws Exception {
    String text = Files.readString(Path.of("routes/idp/okta.camel.yaml"));
    try (IdpRouteFile okta = IdpRouteFile.of("okta", text)) {
      var read = okta.read(call("the secret"), "the secret");

      assertThat(read.content().signals())
          .singleElement()
          .satisfies(it -> assertThat(it.kind()).isEqualTo(Signal.Kind.USER_DEACTIVATED))
          .satisfies(it -> assertThat(it.about().id()).isEqualTo("00u1"));
      assertThat(read.answer().status()).isEqualTo(204);
      assertThatThrownBy(() -> okta.read(call("another"), "the secret"))
          .isInstanceOfSatisfying(
              RefusedWebhookException.class, it -> assertThat(it.answer().status()).isEqualTo(401));
    }
  }

  @Test
  void saysWhatIsWrongWithTheFile() throws IOException {
    String text = exampleOfReadme().replace("fold-operation-names", "fold-names");

    assertThatThrownBy(() -> IdpRouteFile.of("ping", text))
        .isInstanceOfSatisfying(
            RouteProblemException.class,
            it -> assertThat(it.sentence()).startsWith("line 7: There is no quirk 'fold-names'"));
  }

  private static WebhookCall call(String secret) {
    return new WebhookCall(
        "POST",
        "",
        Map.of("authorization", secret, "content-type", "application/json"),
        DEACTIVATED.getBytes(StandardCharsets.UTF_8));
  }

  private static String exampleOfReadme() throws IOException {
    String readme = Files.readString(Path.of("routes/README.md"));
    int begin = readme.indexOf("```yaml\n") + "```yaml\n".length();
    return readme.substring(begin, readme.indexOf("```", begin));
  }
}
