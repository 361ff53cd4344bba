package io.gatehouse.idp;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Microsoft Entra ID looks for users and groups; the numbers are those of the quirks. */
class EntraLookupsTest {

  private static final String ENT = Schema.ENTERPRISE_USER;

  private final ScimClient idp = Gateway.shared().connection("entra");

  @ParameterizedTest // 01
  @ValueSource(
      strings = {
        "/Users?aadOptscim062020&filter=userName+eq+%22nobody%22",
        "/Users?filter=userName+eq+%22nobody%22&aadOptscim062020=true",
        "/Groups?excludedAttributes=members&filter=displayName+eq+%22x%22&aadOptscim062020"
      })
  void ignoresItsFlagAnywhere(String path) {
    Answer answer = idp.call("GET", path, null);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("totalResults")).isEqualTo(Json.object().numberNode(0));
  }

  @ParameterizedTest // 09, 10, 11
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "filter=externalId+eq+jyoung",
        "filter=externalId%20eq%20%22jyoung%22",
        "filter=userName+eq+%22J%2BYoung%40Example.com%22",
        "filter=userName+eq+%22j%252Byoung%2540example.com%22",
        "filter=userName%2520eq%2520%2522j%252Byoung%2540example.com%2522",
        "filter=emails%5Btype+eq+%22work%22%5D.value+eq+%22j%2Byoung%40example.com%22",
        "filter=emails%5Btype+eq+%22work%22%5D.value+eq+%22j%252Byoung%2540example.com%22",
        "filter=emails%5Btype+eq+work%5D.value+eq+%22j%2Byoung%40example.com%22",
        "filter=active+eq+%22True%22+and+externalId+eq+jyoung"
      })
  void findsWhatIsEncodedOddly(String query) {
    idp.create(user("j+young@example.com").put("externalId", "jyoung"));

    Answer found = idp.call("GET", "/Users?" + query, null);

    assertThat(found.json().path("totalResults").asInt()).as(found.http().body()).isEqualTo(1);
  }

  @Test // 09
  void stillFindsAUserNameThatLooksEncoded() {
    idp.create(user("a%41"));

    assertThat(idp.find("userName eq \"a%41\"").json().path("totalResults").asInt()).isOne();
  }

  @Test // 12, 13
  void checksReferences() {
    UUID boss = idp.create(user("boss")).id();
    ObjectNode report = user("report");
    report.putObject(ENT).putObject("manager").put("value", boss.toString());
    UUID id = idp.create(report).id();
    UUID group = idp.createGroup("Engineering", id).id();

    assertThat(total(idp.find("manager eq \"" + boss + "\" and id eq \"" + id + "\""))).isOne();
    assertThat(total(idp.find("id eq \"" + boss + "\" and manager eq \"" + boss + "\""))).isZero();
    assertThat(total(idp.findGroups("members eq \"" + id + "\" and id eq \"" + group + "\"")))
        .isOne();
    assertThat(total(idp.findGroups("id eq \"" + group + "\" and members eq \"" + boss + "\"")))
        .isZero();
  }

  @Test // 15
  void refusesAFilterThatItCannotRead() {
    assertThat(idp.findGroups("displayName zz \"x\"").json().path("scimType").asText())
        .isEqualTo("invalidFilter");
  }

  private static int total(Answer list) {
    assertThat(list.status()).as(list.http().body()).isEqualTo(200);
    return list.json().path("totalResults").asInt();
  }
}
