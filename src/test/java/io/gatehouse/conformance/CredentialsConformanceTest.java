package io.gatehouse.conformance;

import static io.gatehouse.conformance.Scim.MEDIA_TYPE;
import static io.gatehouse.conformance.Scim.encoded;
import static io.gatehouse.conformance.Scim.find;
import static io.gatehouse.conformance.Scim.get;
import static io.gatehouse.conformance.Scim.names;
import static io.gatehouse.conformance.Scim.scimError;
import static io.gatehouse.conformance.Scim.send;
import static io.gatehouse.conformance.Scim.total;
import static io.gatehouse.conformance.Scim.withToken;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section B: who may come in. */
class CredentialsConformanceTest {

  private static final String ADA =
      """
      {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
       "userName":"ada@example.com","nickName":"Ada"}
      """;

  private final ScimClient idp = Gateway.shared().connection("standard");

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET,/Users",
    "POST,/Users",
    "GET,/Users/x",
    "PUT,/Users/x",
    "PATCH,/Users/x",
    "DELETE,/Users/x",
    "GET,/Groups",
    "POST,/Groups",
    "GET,/Groups/x",
    "PUT,/Groups/x",
    "PATCH,/Groups/x",
    "DELETE,/Groups/x",
    "POST,/Bulk",
    "POST,/.search",
    "POST,/Users/.search",
    "POST,/Groups/.search",
    "GET,/Me",
    "GET,/Nothing"
  })
  void b01_asksForACredentialEverywhere(String method, String path) {
    Answer answer = scimError(send(withToken(idp, null), method, path, null), 401);

    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(answer.header("WWW-Authenticate")).doesNotContain("error");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Bearer wrong", "Bearer", "Basic YWRhOnB3", "Bearer a b", "garbage"})
  void b02_refusesWhatIsNoValidToken(String credential) {
    Answer answer =
        scimError(
            send(withToken(idp, null), "GET", "/Users", null, "Authorization", credential), 401);

    assertThat(answer.header("WWW-Authenticate"))
        .startsWith("Bearer")
        .contains("error=\"invalid_token\"");
  }

  @Test
  void b02_readsTheSchemeInAnyCase() {
    String credential = "bEARER " + idp.token();

    assertThat(
            send(withToken(idp, null), "GET", "/Users", null, "Authorization", credential).status())
        .isEqualTo(200);
  }

  @Test
  void b04_keepsEachClientToItsOwnResources() {
    UUID ada = idp.create(user("ada@example.com")).id();
    ScimClient colleague = Gateway.shared().connection(idp.tenant(), "standard");

    scimError(colleague.get(ada), 404);
    assertThat(total(get(colleague, "/Users"))).isZero();
    assertThat(
            Gateway.shared().call("GET", "/admin/api/v1/connections", idp.token(), null).status())
        .isEqualTo(401);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/ServiceProviderConfig", "/Schemas", "/ResourceTypes"})
  void b05_opensNotEvenDiscoveryToEverybody(String path) {
    scimError(send(withToken(idp, null), "GET", path, null), 401);
  }

  @Test
  void b06_givesEachClientATokenThatCannotBeGuessed() {
    String other = Gateway.shared().connection(idp.tenant(), "standard").token();

    assertThat(idp.token()).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(other);
    assertThat(idp.token().chars().distinct().count()).isGreaterThan(10);
  }

  @Test
  void b07_doesNotReadTokensFromTheUrl() {
    String query = "?access_token=" + idp.token() + "&token=" + idp.token();

    scimError(send(withToken(idp, null), "GET", "/Users" + query, null), 401);
  }

  @Test
  void b09_scopesExternalIdsToTheClient() {
    ScimClient other = Gateway.shared().connection("standard");
    idp.create(user("ada@example.com").put("externalId", "E-1"));
    other.create(user("eve@example.com").put("externalId", "E-1"));

    assertThat(names(find(idp, "/Users", "externalId eq \"E-1\"")))
        .containsExactly("ada@example.com");
    assertThat(names(find(other, "/Users", "externalId eq \"E-1\"")))
        .containsExactly("eve@example.com");
  }

  @Test
  void b10_createsNothingForAnonymousClients() {
    scimError(send(withToken(idp, null), "POST", "/Users", ADA, "Content-Type", MEDIA_TYPE), 401);
    assertThat(total(get(idp, "/Users"))).isZero();
  }

  @Test
  void b11_checksTheCredentialBeforeAnythingElse() {
    ScimClient nobody = withToken(idp, "wrong");

    scimError(send(nobody, "POST", "/Users", "{", "Content-Type", MEDIA_TYPE), 401);
    scimError(send(nobody, "POST", "/Users", "<a/>", "Content-Type", "text/xml"), 401);
    scimError(send(nobody, "GET", "/Users/" + UUID.randomUUID(), null), 401);
    scimError(send(nobody, "GET", "/Users?filter=" + encoded("(("), null), 401);
    scimError(send(nobody, "DELETE", "/Users", null), 401);
  }
}
