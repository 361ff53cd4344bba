package io.gatehouse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.ScimError;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.RawCall;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors from below the routes: never HTML, never a trace, in the protocol that was spoken. */
class ErrorsTest {

  private static final Gateway GATEWAY = Gateway.shared();
  private static final ScimClient IDP = GATEWAY.connection("standard");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/scim",
        "/scim/",
        "/scim/v2x",
        "/scim/v2Users",
        "/scim/v9/Users",
        "/scim/Users",
        "/scim/v2/Nothing",
        "/scim/v2/Users.scim",
        "/scim/v2/Users/a/b",
        "/scim/v2/users"
      })
  void knowsNoOtherPaths(String path) {
    for (String method : List.of("GET", "POST", "DELETE", "OPTIONS")) {
      Answer answer = GATEWAY.call(method, path, IDP.token(), null);

      assertThat(answer.status()).as(method).isEqualTo(404);
      assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
      assertThat(answer.json().at("/schemas/0").asText()).isEqualTo(ScimError.ERROR);
      assertThat(answer.json().path("status").asText()).isEqualTo("404");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE | /Users         | GET, HEAD, POST
          PUT    | /Users         | GET, HEAD, POST
          PATCH  | /Groups        | GET, HEAD, POST
          POST   | /Users/ID      | GET, HEAD, PUT, PATCH, DELETE
          POST   | /Groups/ID     | GET, HEAD, PUT, PATCH, DELETE
          GET    | /Users/.search | POST
          GET    | /.search       | POST
          GET    | /Bulk          | POST
          POST   | /Schemas       | GET, HEAD
          DELETE | /              | GET, HEAD
          LIST   | /Users         | GET, HEAD, POST
          ET     | /Users         | GET, HEAD, POST
          """)
  void namesTheMethodsThatWork(String method, String path, String allowed) {
    Answer answer = IDP.call(method, path.replace("ID", UUID.randomUUID().toString()), null);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo(allowed);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.json().path("status").asText()).isEqualTo("405");
  }

  @Test
  void answersOptionsWithTheMethodsThatWork() {
    Answer answer = IDP.call("OPTIONS", "/Users", null);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
  }

  @Test
  void answersHeadAsGetWithoutABody() {
    for (String path : List.of("/Users", "/ServiceProviderConfig", "/Schemas", "/Nothing")) {
      Answer head = IDP.call("HEAD", path, null);

      assertThat(head.status()).as(path).isEqualTo(IDP.call("GET", path, null).status());
      assertThat(head.header("Content-Type")).isEqualTo("application/scim+json");
      assertThat(head.http().body()).isEmpty();
    }
  }

  @Test
  void refusesTrace() {
    RawCall scim = RawCall.send(GATEWAY, "TRACE /scim/v2/Users HTTP/1.1\r\nHost: x\r\n");
    RawCall admin = RawCall.send(GATEWAY, "TRACE /admin/api/v1 HTTP/1.1\r\nHost: x\r\n");

    assertThat(scim.status()).isEqualTo(405);
    assertThat(scim.header("Allow")).isEqualTo("GET, HEAD, POST");
    assertThat(scim.json().path("status").asText()).isEqualTo("405");
    assertThat(admin.status()).isEqualTo(405);
    assertThat(admin.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /scim/v2/Users/a%2Fb HTTP/1.1",
        "GET /scim/v2/Users/%00 HTTP/1.1",
        "GET /scim/v2/Users/%zz HTTP/1.1",
        "GET /scim/v2/Users/%ff HTTP/1.1",
        "GET /scim/v2/Users/é HTTP/1.1",
        "GET /scim/v2/Users/a%5Cb HTTP/1.1",
        "GET /scim/v2/Users;a=b HTTP/1.1",
        "GET /scim//v2/Users HTTP/1.1",
        "GET /scim/v2/../v2/Users HTTP/1.1",
        "GET /scim/v2/Users?filter=%zz HTTP/1.1",
        "GET /scim/v2/Users?filter=%ff HTTP/1.1",
        "GET /%zz HTTP/1.1",
        "GARBAGE"
      })
  void refusesMalformedRequestLinesInScimForm(String line) {
    assertBadRequest(line + "\r\nHost: x\r\nAuthorization: Bearer " + IDP.token() + "\r\n");
  }

  @Test
  void refusesMalformedHeadersInScimForm() {
    String line = "GET /scim/v2/Users HTTP/1.1\r\n";

    assertBadRequest(line);
    assertBadRequest(line + "Host: a b\r\n");
    assertBadRequest(line + "Host: x\r\nBad Header: x\r\n");
    assertBadRequest(line + "Host: x\r\nContent-Length: x\r\n");
    assertBadRequest(line + "Host: x\r\nX: " + "x".repeat(40_000) + "\r\n");
    assertBadRequest(line.replace("Users", "Users?x=" + "x".repeat(40_000)) + "Host: x\r\n");
    assertBadRequest(
        line.replace("Users", "Users?" + "x=1&".repeat(2_000))
            + "Host: x\r\nAuthorization: Bearer "
            + IDP.token()
            + "\r\n");
  }

  private static void assertBadRequest(String request) {
    RawCall answer = RawCall.send(GATEWAY, request);

    assertThat(answer.status()).as(answer.head()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.json().at("/schemas/0").asText()).isEqualTo(ScimError.ERROR);
    assertThat(answer.json().path("status").asText()).isEqualTo("400");
    assertThat(answer.body()).doesNotContain("<", "Exception", "omcat");
  }

  @Test
  void saysWhatItDoesNotSpeakInScimForm() {
    String host = "\r\nHost: x\r\nAuthorization: Bearer " + IDP.token() + "\r\n";

    assertStatus(505, "GET /scim/v2/Users HTTP/9.9" + host);
    assertStatus(501, "POST /scim/v2/Users HTTP/1.1" + host + "Transfer-Encoding: x\r\n");
    assertStatus(417, "POST /scim/v2/Users HTTP/1.1" + host + "Expect: x\r\n");
    assertStatus(404, "GET /%73cim/v2/Users HTTP/1.1" + host);
  }

  private static void assertStatus(int status, String request) {
    RawCall answer = RawCall.send(GATEWAY, request);

    assertThat(answer.status()).as(request).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(answer.json().path("status").asText()).isEqualTo(String.valueOf(status));
  }

  @Test
  void toleratesBracketsAndQuotesInAQuery() {
    RawCall answer =
        RawCall.send(
            GATEWAY,
            "GET /scim/v2/Users?x=[\"a|b\\c\"] HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + IDP.token()
                + "\r\n");

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /admin/api/v1/connections/a%2Fb HTTP/1.1",
        "GET /admin/api/v1/connections;a=b HTTP/1.1",
        "GET /admin/%zz HTTP/1.1",
        "GET /actuator//health HTTP/1.1"
      })
  void refusesMalformedRequestsOutsideOfScimWithAProblem(String line) {
    RawCall answer = RawCall.send(GATEWAY, line + "\r\nHost: x\r\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("status").asInt()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("<", "Exception", "omcat");
  }

  @Test
  void speaksScimInItsOwnFolderOnly() {
    Answer answer = GATEWAY.call("GET", "/scimitar", null, null);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }
}
