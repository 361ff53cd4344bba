package io.gatehouse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.RawCall;
import io.gatehouse.support.ScimClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that clients, proxies and administrators make a little differently, in all profiles. */
class OddRequestsTest {

  private static final Gateway GATEWAY = Gateway.shared();
  private static final ScimClient IDP = GATEWAY.connection("standard");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /Users",
        "POST /Groups",
        "POST /Bulk",
        "POST /.search",
        "POST /Users/.search",
        "POST /Groups/.search",
        "POST /",
        "PUT /Users/0b0e2c31-0a55-7b5b-8d1b-7a3d3a3f4a10",
        "PATCH /Users/0b0e2c31-0a55-7b5b-8d1b-7a3d3a3f4a10",
        "PATCH /Groups/0b0e2c31-0a55-7b5b-8d1b-7a3d3a3f4a10"
      })
  void refusesFormsAsWhatTheyAre(String call) {
    for (String type :
        new String[] {
          "application/x-www-form-urlencoded",
          "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
          "multipart/form-data; boundary=x"
        }) {
      Answer answer = send(call, "Content-Type", type, "{\"userName\":\"x=1&y=%zz\"}");

      assertThat(answer.status()).as(type).isEqualTo(415);
      assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
      assertThat(answer.json().path("status").asText()).isEqualTo("415");
    }
  }

  @Test
  void servesCallsWithNamesInTheirHeaders() {
    for (String name : new String[] {"Émilie", "émilie", "Ünal\u0080", "Łukasz", "山田"}) {
      RawCall scim =
          RawCall.send(
              GATEWAY,
              "GET /scim/v2/Users?count=1 HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-User: "
                  + name
                  + "\r\nAuthorization: Bearer "
                  + IDP.token()
                  + "\r\n");
      RawCall webhook =
          RawCall.send(
              GATEWAY,
              "GET /webhooks/okta/"
                  + UUID.randomUUID()
                  + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-User: "
                  + name
                  + "\r\n");

      assertThat(scim.status()).as(name).isEqualTo(200);
      assertThat(webhook.status()).as(name).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "Identity", ""})
  void readsABodyThatIsSaidNotToBeEncoded(String coding) {
    Answer made =
        send(
            "POST /Users",
            "Content-Encoding",
            coding,
            Json.text(ScimClient.user(UUID.randomUUID() + "@example.com")));

    assertThat(made.status()).isEqualTo(201);
  }

  @Test
  void mindsNoEncodingOfABodyThatIsNotThere() {
    assertThat(send("GET /Users?count=1", "Content-Encoding", "gzip", null).status())
        .isEqualTo(200);
    assertThat(send("DELETE /Users/" + UUID.randomUUID(), "Content-Encoding", "br", null).status())
        .isEqualTo(404);
    assertThat(send("POST /Users", "Content-Encoding", "gzip", "{}").status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999", "18446744073709551616", "2147483648"})
  void takesNumbersOfAnySize(String number) {
    ScimClient idp = GATEWAY.connection("standard");
    idp.create(ScimClient.user("ada@example.com"));

    assertThat(list(idp, "?count=" + number).path("itemsPerPage").asInt()).isEqualTo(1);
    assertThat(list(idp, "?count=-" + number).path("itemsPerPage").asInt()).isZero();
    assertThat(list(idp, "?startIndex=-" + number).path("itemsPerPage").asInt()).isEqualTo(1);
    Answer beyond = idp.call("GET", "/Users?startIndex=" + number, null);
    assertThat(beyond.status()).isEqualTo(200);
    assertThat(beyond.json().path("totalResults").asInt()).isEqualTo(1);
    assertThat(beyond.json().path("Resources")).isEmpty();
    assertThat(search(idp, "{\"count\":" + number + "}").status()).isEqualTo(200);
    assertThat(search(idp, "{\"startIndex\":" + number + "}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filter=",
        "count=",
        "startIndex=&count=",
        "sortBy=&sortOrder=",
        "attributes=",
        "excludedAttributes=",
        "attributes=&excludedAttributes=groups",
        "filter=%20"
      })
  void readsAnEmptyParameterAsNone(String query) {
    ScimClient idp = GATEWAY.connection("entra");
    idp.create(ScimClient.user("ada@example.com"));

    assertThat(list(idp, "?" + query).path("Resources")).hasSize(1);
    Answer made = idp.call("POST", "/Users?" + query, ScimClient.user("grace@example.com"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().path("userName").asText()).isEqualTo("grace@example.com");
  }

  @Test
  void readsEmptyMembersOfASearchAsNone() {
    ScimClient idp = GATEWAY.connection("entra");
    idp.create(ScimClient.user("ada@example.com"));

    Answer found =
        search(idp, "{\"filter\":\"\",\"sortBy\":\"\",\"attributes\":[],\"count\":\"\"}");

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.json().path("Resources")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Filter", "FILTER", "fIlter"})
  void knowsParametersInAnyCase(String name) {
    ScimClient idp = GATEWAY.connection("standard");
    idp.create(ScimClient.user("ada@example.com"));

    assertThat(list(idp, "?" + name + "=userName+eq+%22nobody%22").path("Resources")).isEmpty();
    assertThat(list(idp, "?COUNT=0&Attributes=userName").path("Resources")).isEmpty();
    assertThat(idp.call("GET", "/Schemas?" + name + "=x+pr", null).status()).isEqualTo(403);
  }

  @Test
  void servesABaseUrlWithASlashAtItsEnd() {
    ScimClient idp = GATEWAY.connection("standard");
    Answer made = idp.call("POST", "//Users", ScimClient.user("ada@example.com"));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().at("/meta/location").asText())
        .isEqualTo(GATEWAY.url("/scim/v2/Users/" + made.id()));
    assertThat(list(idp, "").path("Resources")).hasSize(1);
    assertThat(idp.call("GET", "//Users/" + made.id(), null).status()).isEqualTo(200);
    assertThat(idp.call("GET", "//ServiceProviderConfig", null).status()).isEqualTo(200);
    assertThat(search(idp, "{}").status()).isEqualTo(200);
    assertThat(idp.call("DELETE", "//Users/" + made.id(), null).status()).isEqualTo(204);
  }

  @Test
  void opensNothingElseByASlashTooMany() {
    for (String path :
        new String[] {"//scim/v2/Users", "/scim//v2/Users", "//admin/api/v1/users"}) {
      RawCall call = RawCall.send(GATEWAY, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");

      assertThat(call.status()).as(path).isBetween(400, 404);
    }
    assertThat(GATEWAY.call("GET", "/scim/v2//Users", null, null).status()).isEqualTo(401);
  }

  private static com.fasterxml.jackson.databind.JsonNode list(ScimClient idp, String query) {
    Answer answer = idp.call("GET", "/Users" + query, null);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private static Answer search(ScimClient idp, String members) {
    String schemas = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"]";
    String rest = members.substring(1);
    return idp.gateway()
        .call(
            "POST",
            "/scim/v2//Users/.search",
            idp.token(),
            schemas + (rest.equals("}") ? "" : ",") + rest);
  }

  private static Answer send(String call, String header, String value, String body) {
    String[] parts = call.split(" ");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(GATEWAY.url("/scim/v2" + parts[1])))
            .header("Authorization", "Bearer " + IDP.token())
            .header(header, value)
            .method(
                parts[0],
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (!header.equals("Content-Type")) {
      request.header("Content-Type", "application/scim+json");
    }
    return GATEWAY.send(request.build());
  }
}
