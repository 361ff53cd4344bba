package io.gatehouse.edge;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.RawCall;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.StrictGateway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where it is set, the public URL is in every link, whatever the headers of a request say. */
class PublicUrlTest {

  private static final String SCIM = StrictGateway.PUBLIC_URL + "/scim/v2";

  @AutoClose private static final Gateway gateway = StrictGateway.start();
  private final ScimClient idp = gateway.connection("standard");

  @Test
  void isTheLocationOfResources() {
    Answer made = idp.create(user("ada@example.com"));
    String location = SCIM + "/Users/" + made.id();

    assertThat(made.header("Location")).isEqualTo(location);
    assertThat(made.json().at("/meta/location").asText()).isEqualTo(location);
    assertThat(idp.get(made.id()).json().at("/meta/location").asText()).isEqualTo(location);
    assertThat(idp.call("GET", "/Users", null).json().at("/Resources/0/meta/location").asText())
        .isEqualTo(location);
    JsonNode types = idp.call("GET", "/ResourceTypes", null).json();
    assertThat(types.at("/Resources/0/meta/location").asText()).startsWith(SCIM);
  }

  @Test
  void isTheLocationInABulkAnswer() {
    ObjectNode bulk = Json.object();
    bulk.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
    ObjectNode post = bulk.putArray("Operations").addObject();
    post.put("method", "POST").put("path", "/Users").put("bulkId", "a");
    post.set("data", user("ada@example.com"));

    assertThat(idp.call("POST", "/Bulk", bulk).json().at("/Operations/0/location").asText())
        .startsWith(SCIM + "/Users/");
  }

  @Test
  void winsOverTheHeadersOfARequest() {
    RawCall answer =
        RawCall.send(
            gateway,
            "GET /scim/v2/ServiceProviderConfig HTTP/1.1\r\nHost: evil.example\r\n"
                + "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: http\r\n"
                + "Forwarded: host=evil.example\r\n"
                + "Authorization: Bearer "
                + idp.token()
                + "\r\n");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains(SCIM).doesNotContain("evil");
  }

  @Test
  void isToldToAdministrators() {
    JsonNode connection = gateway.admin("GET", "/connections/" + idp.connection(), null).json();
    JsonNode urls = gateway.subscription(idp.tenant(), "training").json().path("urls");

    assertThat(connection.path("scimUrl").asText()).isEqualTo(SCIM);
    assertThat(connection.path("webhookUrl").asText())
        .isEqualTo(StrictGateway.PUBLIC_URL + "/webhooks/standard/" + idp.connection());
    assertThat(urls.path("events").asText()).isEqualTo(StrictGateway.PUBLIC_URL + "/events");
    assertThat(urls.path("amqp").asText()).startsWith("amqp://id.example.com:");
  }

  @Test
  void isNotTakenFromForwardedHeadersWhereItIsNotSet() {
    ScimClient other = Gateway.shared().connection("standard");
    RawCall answer =
        RawCall.send(
            Gateway.shared(),
            "GET /scim/v2/ServiceProviderConfig HTTP/1.1\r\nHost: id.example.org\r\n"
                + "X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n"
                + "Authorization: Bearer "
                + other.token()
                + "\r\n");

    assertThat(answer.body()).contains("http://id.example.org").doesNotContain("evil");
  }
}
