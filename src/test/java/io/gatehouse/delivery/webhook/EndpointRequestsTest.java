package io.gatehouse.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.StrictGateway;
import io.gatehouse.support.Webhook;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, on a gateway whose endpoints are on the internet. */
class EndpointRequestsTest {

  private static final String URL = "https://hooks.example.com/gatehouse";

  @AutoClose private static final Gateway gateway = StrictGateway.start();
  private final String tenant = gateway.tenant();

  @ParameterizedTest
  @CsvSource({
    "http://hooks.example.com/, must begin with https",
    "ftp://hooks.example.com/, must begin with https",
    "hooks, must begin with https",
    "'https://a b/', is not a URL",
    "https:///path, no host",
    "https://hooks.example.com:0/, no host and port",
    "https://ada:secret@hooks.example.com/, no user name",
    "https://localhost/, not an address on the internet",
    "https://127.0.0.1/, not an address on the internet",
    "https://2130706433/, not an address on the internet",
    "https://10.0.0.7:8443/, not an address on the internet",
    "https://169.254.169.254/latest/meta-data, not an address on the internet",
    "https://[::1]/, not an address on the internet",
    "https://[::ffff:10.0.0.7]/, not an address on the internet",
    "https://[64:ff9b::a00:7]/, not an address on the internet",
  })
  void refusesAUrlThatLeadsInside(String url, String problem) {
    Answer answer = post(Webhook.wanted(tenant, "training", url));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("detail").asText()).contains(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "https://169.254.169.254, not an address on the internet",
    "https://10.0.0.1, not an address on the internet",
    "https://[::1]:8443, not an address on the internet",
    "https://localhost, not an address on the internet",
    "http://localhost, must begin with https",
    "http://127.0.0.1:8080, must begin with https",
  })
  void refusesAnApiOfAnIdpThatIsInside(String url, String problem) {
    ObjectNode wanted = Json.object().put("tenant", tenant).put("name", "okta").put("idp", "okta");
    wanted.putObject("settings").putObject("api").put("url", url).put("token", "a-token-of-okta");
    Answer made = gateway.admin("POST", "/connections", wanted);
    String id = gateway.connection(tenant, "okta").connection();
    wanted.retain("settings");
    Answer changed = gateway.admin("PATCH", "/connections/" + id, wanted);

    assertThat(made.status()).isEqualTo(400);
    assertThat(made.json().path("detail").asText()).contains(problem);
    assertThat(changed.status()).isEqualTo(400);
    assertThat(changed.json().path("detail").asText()).contains(problem);
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThat(post(Webhook.wanted("nobody", "training", URL)).status()).isEqualTo(400);
    assertThat(post(Webhook.wanted(tenant, "Not A Name", URL)).status()).isEqualTo(400);
    assertThat(post(wanted().put("profile", "everything")).status()).isEqualTo(400);
    assertThat(post(wanted().put("colour", "red")).status()).isEqualTo(400);
    ObjectNode odd = wanted();
    odd.putArray("types").add("*");
    assertThat(post(odd).status()).isEqualTo(400);
    assertThat(post(Json.object().put("tenant", tenant).put("name", "x")).status()).isEqualTo(400);
  }

  @Test
  void refusesASecondOfTheSameName() {
    assertThat(post(wanted()).status()).isEqualTo(201);
    assertThat(post(wanted()).status()).isEqualTo(409);
  }

  @Test
  void knowsNoEndpointThatIsNotThere() {
    for (String path : new String[] {"", "/attempts"}) {
      assertThat(call("GET", "/nobody" + path, null).status()).isEqualTo(404);
    }
    for (String path : new String[] {"/enable", "/secret"}) {
      assertThat(call("POST", "/nobody" + path, null).status()).isEqualTo(404);
    }
    assertThat(call("DELETE", "/nobody", null).status()).isEqualTo(404);
  }

  @Test
  void sendsNothingAgainWithoutKnowingWhat() {
    post(wanted());
    String event = UUID.randomUUID().toString();

    assertThat(resend(Json.object()).status()).isEqualTo(400);
    assertThat(resend(Json.object().put("event", event).put("since", 1)).status()).isEqualTo(400);
    assertThat(resend(Json.object().put("event", "no id")).status()).isEqualTo(400);
    assertThat(resend(Json.object().put("since", "yesterday")).status()).isEqualTo(400);
    assertThat(resend(Json.object().put("since", "9".repeat(40))).status()).isEqualTo(400);
    assertThat(resend(Json.object().put("event", event)).status()).isEqualTo(404);
    assertThat(call("GET", "/training/attempts?cursor=x", null).status()).isEqualTo(400);
    assertThat(call("DELETE", "/training/secret/" + event, null).status()).isEqualTo(404);
  }

  private ObjectNode wanted() {
    return Webhook.wanted(tenant, "training", URL);
  }

  private Answer post(ObjectNode wanted) {
    return gateway.admin("POST", "/endpoints", wanted);
  }

  private Answer resend(ObjectNode what) {
    return call("POST", "/training/resend", what);
  }

  private Answer call(String method, String path, ObjectNode body) {
    return gateway.admin(method, "/endpoints/" + tenant + path, body);
  }
}
