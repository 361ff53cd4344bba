package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.MEDIA_TYPE;
import static io.gatehouse.conformance.Scim.createGroup;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.patch;
import static io.gatehouse.conformance.Scim.patchOf;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.search;
import static io.gatehouse.conformance.Scim.send;
import static io.gatehouse.conformance.Scim.userWith;
import static io.gatehouse.conformance.Scim.withToken;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section A: HTTP, media types, versions. */
class HttpConformanceTest {

  private static final String ADA =
      """
      {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
       "userName":"ada@example.com","nickName":"Ada"}
      """;

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void a01_takesAndAnswersScimJsonWithoutAParameter() {
    Answer created = send(idp, "POST", "/Users", ADA, "Content-Type", MEDIA_TYPE);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.http().headers().allValues("Content-Type")).containsExactly(MEDIA_TYPE);
    assertThat(get(idp, "/Users").header("Content-Type")).isEqualTo(MEDIA_TYPE);
  }

  @Test
  void a02_takesPlainJsonInEveryWrite() {
    UUID ada = created(send(idp, "POST", "/Users", ADA, "Content-Type", "application/json"));
    String change = Json.text(patchOf("{'op':'add','path':'title','value':'x'}"));

    assertThat(send(idp, "PUT", "/Users/" + ada, ADA, "Content-Type", "application/json").status())
        .isEqualTo(200);
    assertThat(
            send(idp, "PATCH", "/Users/" + ada, change, "Content-Type", "application/json")
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {MEDIA_TYPE, "application/json", "*/*", "application/*"})
  void a03_a04_a05_answersScimJsonToEveryAcceptThatCoversJson(String accept) {
    Answer answer = send(idp, "GET", "/Users", null, "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(MEDIA_TYPE);
  }

  @Test
  void a05_answersScimJsonToARequestWithoutAccept() {
    Answer answer = send(idp, "GET", "/Users", null);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(MEDIA_TYPE);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "application/scim+json; charset=utf-8",
        "application/scim+json;charset=UTF-8",
        "application/json; q=0.9",
        "APPLICATION/SCIM+JSON"
      })
  void a06_toleratesParametersOfMediaTypes(String type) {
    Answer answer = send(idp, "POST", "/Users", ADA, "Content-Type", type, "Accept", type);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Content-Type")).isEqualTo(MEDIA_TYPE);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "Zoë 李 🧑‍🚀 (ZWJ)",
        "Zo\\u00eb \\u674e \\ud83e\\uddd1\\u200d\\ud83d\\ude80 (ZWJ)"
      })
  void a07_keepsEveryCodePoint(String written) {
    String body = ADA.replace("\"userName\"", "\"displayName\":\"" + written + "\",\"userName\"");
    Answer created = send(idp, "POST", "/Users", body, "Content-Type", MEDIA_TYPE);
    String zoe = "Zoë 李 🧑‍🚀 (ZWJ)";

    assertThat(created.json().path("displayName").asText()).isEqualTo(zoe);
    assertThat(idp.get(created.id()).json()).isEqualTo(created.json());
    assertThat(get(idp, "/Users").json().at("/Resources/0/displayName").asText()).isEqualTo(zoe);
    assertThat(
            patch(
                    idp,
                    "/Users/" + created.id(),
                    "{'op':'add','path':'title','value':'" + zoe + "'}")
                .json()
                .path("title")
                .asText())
        .isEqualTo(zoe);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"POST,/Users", "PUT,/Users/x", "PATCH,/Users/x", "POST,/Groups", "POST,/Bulk"})
  void a08_refusesOtherMediaTypes(String method, String path) {
    scimError(send(idp, method, path, "<user/>", "Content-Type", "text/xml"), 415);
  }

  @Test
  void a09_takesAnotherCharsetAsLongAsTheBodyIsAscii() {
    String type = "application/json; charset=ISO-8859-1";

    assertThat(send(idp, "POST", "/Users", ADA, "Content-Type", type).status()).isEqualTo(201);
    assertThat(
            send(idp, "POST", "/Users", ADA.replace("Ada", "Adé"), "Content-Type", type).status())
        .isLessThan(500);
  }

  @Test
  void a09_takesABodyWithoutAMediaType() {
    assertThat(send(idp, "POST", "/Users", ADA).status()).isEqualTo(201);
  }

  @Test
  void a10_neverAnswersHtml() {
    Answer answer = send(idp, "GET", "/Users", null, "Accept", "text/html");

    assertThat(answer.status()).isIn(200, 406);
    assertThat(answer.header("Content-Type")).isEqualTo(MEDIA_TYPE);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"{\"a\":", "", "[]", "\"x\"", "null", "7", "{} {}", "{'a':1}"})
  void a11_refusesWhatIsNotOneJsonObject(String body) {
    UUID ada = idp.create(user("ada@example.com")).id();

    scimError(send(idp, "POST", "/Users", body, "Content-Type", MEDIA_TYPE), 400, "invalidSyntax");
    scimError(
        send(idp, "PUT", "/Users/" + ada, body, "Content-Type", MEDIA_TYPE), 400, "invalidSyntax");
    scimError(
        send(idp, "PATCH", "/Users/" + ada, body, "Content-Type", MEDIA_TYPE),
        400,
        "invalidSyntax");
    scimError(send(idp, "POST", "/Bulk", body, "Content-Type", MEDIA_TYPE), 400, "invalidSyntax");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"userName", "USERNAME"})
  void a12_refusesAMemberThatComesTwiceInAnyCase(String second) {
    String body = ADA.replace("\"userName\"", "\"" + second + "\":\"eve\",\"userName\"");

    scimError(send(idp, "POST", "/Users", body, "Content-Type", MEDIA_TYPE), 400, "invalidSyntax");
  }

  @Test
  void a13_refusesDeepBodiesAndLongFiltersQuickly() {
    String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    String longFilter = "userName eq \\\"" + "x".repeat(100_000) + "\\\"";

    scimError(send(idp, "POST", "/Users", deep, "Content-Type", MEDIA_TYPE), 400, "invalidSyntax");
    scimError(
        search(idp, "/Users/.search", "{\"filter\":\"" + longFilter + "\"}"), 400, "invalidFilter");
    assertThat(get(idp, "/Users?filter=" + "x".repeat(20_000)).status()).isBetween(400, 499);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/0190f3a1-7b1c-7000-8000-000000000000",
        "/Nothing",
        "/Nothing/at/all",
        "/Users/0190f3a1-7b1c-7000-8000-000000000000",
        "/Users/a/b"
      })
  void a14_answersUnknownUrlsInScimForm(String path) {
    scimError(get(idp, path), 404);
  }

  @Test
  void a14_a15_a16_answersEveryErrorInScimFormWithAStatusThatIsAString() {
    UUID ada = idp.create(user("ada@example.com")).id();

    scimError(send(withToken(idp, null), "GET", "/Users", null), 401);
    scimError(idp.call("DELETE", "/Users", null), 405);
    scimError(idp.create(user("ada@example.com")), 409, "uniqueness");
    scimError(send(idp, "DELETE", "/Users/" + ada, null, "If-Match", "W/\"9\""), 412);
    scimError(idp.create(user("x".repeat(600_000))), 413);
    scimError(send(idp, "POST", "/Users", "x", "Content-Type", "text/plain"), 415);
    scimError(get(idp, "/Me"), 501);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "userName%20eq%20%22a%2Bb@example.com%22",
        "userName+eq+%22a%2Bb@example.com%22",
        "emails%5Bvalue%20eq%20%22a%2Bb%40example.com%22%5D",
        "displayName%20eq%20%22Zo%C3%AB%20100%25%22"
      })
  void a17_decodesAUrlOnce(String encoded) {
    idp.create(userWith("a+b@example.com", "{'displayName':'Zoë 100%'}"));

    assertThat(names(get(idp, "/Users?filter=" + encoded))).containsExactly("a+b@example.com");
  }

  @Test
  void a18_ignoresUnknownParameters() {
    UUID ada = idp.create(user("ada@example.com")).id();

    assertThat(get(idp, "/Users?foo=bar").json()).isEqualTo(get(idp, "/Users").json());
    assertThat(get(idp, "/Users/" + ada + "?foo=bar").json()).isEqualTo(idp.get(ada).json());
  }

  @Test
  void a19_servesItsOwnVersionAndNoOther() {
    assertThat(get(idp, "/Users").status()).isEqualTo(200);
    scimError(Gateway.shared().call("GET", "/scim/v9/Users", idp.token(), null), 404);
    scimError(Gateway.shared().call("GET", "/scim/v1/Users", idp.token(), null), 404);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "DELETE,/Users,POST",
    "PUT,/Users,POST",
    "PATCH,/Users,GET",
    "DELETE,/Groups,POST",
    "PUT,/Groups,POST",
    "PATCH,/Groups,GET",
    "POST,/Users/0190f3a1-7b1c-7000-8000-000000000000,PATCH",
    "POST,/Groups/0190f3a1-7b1c-7000-8000-000000000000,PUT",
    "POST,/Schemas,GET",
    "PUT,/ServiceProviderConfig,GET",
    "GET,/Bulk,POST",
    "GET,/.search,POST",
    "GET,/Users/.search,POST",
    "GET,/Groups/.search,POST"
  })
  void a21_refusesWrongMethodsAndNamesTheRightOnes(String method, String path, String allowed) {
    Answer answer = scimError(idp.call(method, path, user("x")), 405);

    assertThat(answer.header("Allow").split(", *")).contains(allowed).doesNotContain(method);
  }

  @Test
  void a23_a24_supportsPutAndPatch() {
    UUID ada = idp.create(user("ada@example.com")).id();

    assertThat(idp.replace(ada, user("ada@example.com")).status()).isEqualTo(200);
    assertThat(patch(idp, "/Users/" + ada, "{'op':'remove','path':'title'}").status())
        .isEqualTo(200);
  }

  @Test
  void a26_givesLocationsThatResolveWithTheSameToken() {
    Answer ada = idp.create(user("ada@example.com"));
    Answer admins = createGroup(idp, "Admins", ada.id());

    assertThat(follow(ada.header("Location")).json().path("id").asText())
        .isEqualTo(ada.id().toString());
    assertThat(follow(admins.json().at("/members/0/$ref").asText()).json().path("userName"))
        .isEqualTo(ada.json().path("userName"));
    assertThat(follow(idp.get(ada.id()).json().at("/groups/0/$ref").asText()).json().path("id"))
        .isEqualTo(admins.json().path("id"));
  }

  @Test
  void a27_answersHeadLikeGetWithoutABody() {
    Answer ada = idp.create(user("ada@example.com"));
    Answer head = send(idp, "HEAD", "/Users/" + ada.id(), null);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.http().body()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo(ada.header("ETag"));
    assertThat(send(idp, "HEAD", "/Users", null).status()).isEqualTo(200);
    assertThat(send(idp, "HEAD", "/Users/" + UUID.randomUUID(), null).status()).isEqualTo(404);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/Users", "/Groups", "/Users/x", "/Schemas", "/Bulk", "/Nothing"})
  void a27_survivesOptions(String path) {
    assertThat(send(idp, "OPTIONS", path, null).status()).isLessThan(500);
  }

  @Test
  void a28_takesATrailingSlash() {
    assertThat(idp.call("POST", "/Users/", user("ada@example.com")).status()).isEqualTo(201);
    assertThat(names(get(idp, "/Users/"))).containsExactly("ada@example.com");
    assertThat(names(get(idp, "/Users/?count=1"))).containsExactly("ada@example.com");
  }

  @Test
  void a31_knowsNoScimSuffix() {
    UUID ada = idp.create(user("ada@example.com")).id();

    scimError(get(idp, "/Users.scim"), 404);
    scimError(get(idp, "/Users/" + ada + ".scim"), 404);
  }

  private static UUID created(Answer answer) {
    assertThat(answer.status()).isEqualTo(201);
    return answer.id();
  }

  private Answer follow(String absolute) {
    Answer answer =
        idp.gateway()
            .send(
                HttpRequest.newBuilder(URI.create(absolute))
                    .header("Authorization", "Bearer " + idp.token())
                    .build());
    assertThat(answer.status()).as(absolute).isEqualTo(200);
    return answer;
  }
}
