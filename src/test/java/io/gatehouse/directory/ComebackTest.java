package io.gatehouse.directory;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who comes back by a POST is the same person, or is another one, or has to wait. */
class ComebackTest {

  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";

  private final Gateway gateway = Gateway.shared();

  /**
   * The whole rule. {@code stable} is the connection's setting {@code externalIdIsStable}; the old
   * user {@code ada} was deactivated by PATCH, deleted, or is active, and has an externalId or
   * none; then a POST comes.
   */
  @ParameterizedTest(name = "{0} {1}: {2}, had {3}; {4} with {5}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # profiles               | stable | before  | had | userName | sent | status | same | conflict
          okta onelogin entra standard | -     | active  | E-1 | ada      | E-1  | 409    | -     | false
          okta onelogin entra standard | -     | active  | E-1 | ada      | -    | 409    | -     | false
          okta onelogin entra standard | -     | active  | E-1 | countess | E-2  | 201    | false | false
          okta onelogin entra standard | -     | active  | E-1 | countess | -    | 201    | false | false
          okta onelogin standard       | -     | active  | E-1 | countess | E-1  | 409    | -     | false
          entra                        | true  | active  | E-1 | countess | E-1  | 409    | -     | false
          entra                        | -     | active  | E-1 | countess | E-1  | 201    | false | false
          okta onelogin standard       | false | active  | E-1 | countess | E-1  | 201    | false | false

          okta onelogin entra          | -     | patched | E-1 | ada      | E-1  | 201    | true  | false
          okta onelogin entra          | -     | patched | E-1 | ada      | -    | 201    | true  | false
          okta onelogin entra          | -     | patched | -   | ada      | E-1  | 201    | true  | false
          okta onelogin entra          | -     | patched | -   | ada      | -    | 201    | true  | false
          okta onelogin entra          | -     | patched | E-1 | ada      | E-2  | 409    | -     | false
          entra                        | true  | patched | E-1 | ada      | E-1  | 201    | true  | false
          entra                        | true  | patched | E-1 | ada      | E-2  | 409    | -     | false
          standard                     | -     | patched | E-1 | ada      | E-1  | 409    | -     | false
          standard                     | -     | patched | E-1 | ada      | E-2  | 409    | -     | false
          standard                     | -     | patched | E-1 | ada      | -    | 409    | -     | false
          standard                     | -     | patched | -   | ada      | E-1  | 409    | -     | false
          okta onelogin standard       | -     | patched | E-1 | countess | E-1  | 201    | true  | false
          entra                        | true  | patched | E-1 | countess | E-1  | 201    | true  | false
          entra                        | -     | patched | E-1 | countess | E-1  | 201    | false | true
          okta onelogin standard       | false | patched | E-1 | countess | E-1  | 201    | false | true
          okta onelogin entra standard | -     | patched | E-1 | countess | E-2  | 201    | false | false
          okta onelogin entra standard | -     | patched | E-1 | countess | -    | 201    | false | false
          okta onelogin entra standard | -     | patched | -   | countess | E-1  | 201    | false | false

          okta onelogin entra standard | -     | deleted | E-1 | ada      | E-1  | 201    | true  | false
          okta onelogin entra standard | -     | deleted | E-1 | ada      | -    | 201    | true  | false
          okta onelogin entra standard | -     | deleted | -   | ada      | E-1  | 201    | true  | false
          okta onelogin entra standard | -     | deleted | -   | ada      | -    | 201    | true  | false
          okta onelogin entra standard | -     | deleted | E-1 | ada      | E-2  | 201    | false | false
          okta onelogin standard       | -     | deleted | E-1 | countess | E-1  | 201    | true  | false
          entra                        | true  | deleted | E-1 | countess | E-1  | 201    | true  | false
          entra                        | -     | deleted | E-1 | countess | E-1  | 201    | false | true
          okta onelogin standard       | false | deleted | E-1 | countess | E-1  | 201    | false | true
          okta onelogin entra standard | -     | deleted | E-1 | countess | E-2  | 201    | false | false
          okta onelogin entra standard | -     | deleted | E-1 | countess | -    | 201    | false | false
          """)
  void decidesWhoComes(
      String profiles,
      Boolean stable,
      String before,
      String had,
      String userName,
      String sent,
      int status,
      Boolean same,
      boolean conflict) {
    for (String profile : profiles.split(" ")) {
      ScimClient idp = gateway.connection(profile);
      if (stable != null) {
        set(idp, stable);
      }
      UUID ada = idp.create(identified("ada", had)).id();
      leave(idp, ada, before);

      Answer answer = idp.create(identified(userName, sent));

      assertThat(answer.status()).as(profile + ": " + answer.http().body()).isEqualTo(status);
      if (status == 409) {
        assertThat(answer.json().path("scimType").asText()).isEqualTo("uniqueness");
        assertThat(seen(ada).path("state").asText())
            .isEqualTo(before.equals("active") ? "active" : "deactivated");
      } else {
        assertThat(answer.id().equals(ada)).as(profile + ": the same").isEqualTo(same);
        assertThat(answer.json().path("active").asBoolean()).isTrue();
        assertThat(idp.get(answer.id()).json().path("userName").asText()).isEqualTo(userName);
        assertThat(seen(answer.id()).has("purgeAfter")).isFalse();
      }
      assertThat(conflicts(idp)).as(profile).hasSize(conflict ? 1 : 0);
      if (conflict) {
        assertThat(conflicts(idp).path(0).path("userName").asText()).isEqualTo(userName);
        assertThat(conflicts(idp).at("/0/candidates/0").asText()).isEqualTo(ada.toString());
      }
    }
  }

  @Test
  void announcesTheReturnUnderANewNameAndRecordsIt() throws Exception {
    ScimClient idp = gateway.connection("okta");
    UUID ada = idp.create(identified("ada", "E-1")).id();
    UUID group = idp.createGroup("Engines", ada).id();
    idp.patch(ada, LEAVE);
    try (Subscriber training = Subscriber.of(gateway.subscription(idp.tenant(), "training"))) {
      idp.create(identified("countess", "E-1"));

      List<ObjectNode> events = training.all();
      assertThat(events)
          .extracting(it -> it.path("type").asText())
          .containsExactly("gatehouse.user.reactivated.v1");
      assertThat(events.get(0).at("/data/id").asText()).isEqualTo(ada.toString());
      assertThat(events.get(0).at("/data/changes"))
          .anyMatch(it -> it.path("path").asText().equals("userName"));
    }
    assertThat(idp.group(group).json().at("/members/0/value").asText()).isEqualTo(ada.toString());
    assertThat(idp.find("userName eq \"ada\"").json().path("totalResults").asInt()).isZero();
    assertThat(idp.create(identified("ada", "E-9")).status()).as("the name is free").isEqualTo(201);
  }

  @Test
  void recordsThatAPostHasBroughtBackWhoWasStillShown() {
    ScimClient idp = gateway.connection("onelogin");
    UUID ada = idp.create(identified("ada", "E-1")).id();
    idp.patch(ada, LEAVE);
    idp.create(identified("ada", "E-1"));

    JsonNode timeline = gateway.admin("GET", "/users/" + ada + "/timeline", null).json();

    assertThat(timeline.at("/entries/0/repairs/0/quirk").asText()).isEqualTo("restore-on-create");
  }

  @Test
  void changesNothingWhenSomebodyInactiveIsSentInactiveAgain() {
    ScimClient idp = gateway.connection("okta");
    UUID ada = idp.create(identified("ada", "E-1").put("active", false)).id();
    idp.delete(ada);
    Answer shown = idp.create(identified("ada", "E-1").put("active", false));

    Answer again = idp.create(identified("ada", "E-1").put("active", false));

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.id()).isEqualTo(ada);
    assertThat(again.header("ETag")).isEqualTo(shown.header("ETag"));
  }

  @Test
  void restoresNobodyWhenTheNameIsOfOneAndTheExternalIdOfAnother() {
    ScimClient idp = gateway.connection("okta");
    UUID ada = idp.create(identified("ada", null)).id();
    UUID countess = idp.create(identified("countess", "E-1")).id();
    idp.patch(ada, LEAVE);
    idp.delete(countess);

    Answer first = idp.create(identified("ada", "E-1"));

    assertThat(first.status()).isEqualTo(409);
    assertThat(conflicts(idp).path(0).path("candidates"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(ada.toString(), countess.toString());
    assertThat(choose(idp, ada).status()).isEqualTo(204);
    assertThat(idp.create(identified("ada", "E-1")).id()).isEqualTo(ada);
    assertThat(conflicts(idp)).isEmpty();
    assertThat(seen(countess).path("state").asText()).isEqualTo("deactivated");
  }

  @Test
  void restoresNobodyByAnExternalIdThatSeveralHave() {
    ScimClient idp = gateway.connection("okta");
    UUID ada = idp.create(identified("ada", "E-1")).id();
    UUID grace = idp.create(identified("grace", null)).id();
    idp.patch(grace, "{\"op\":\"add\",\"path\":\"externalId\",\"value\":\"E-1\"}");
    idp.patch(ada, LEAVE);
    idp.patch(grace, LEAVE);

    Answer made = idp.create(identified("countess", "E-1"));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.id()).isNotIn(ada, grace);
    assertThat(conflicts(idp).path(0).path("candidates")).hasSize(2);
  }

  @Test
  void takesABlankExternalIdForNone() {
    ScimClient idp = gateway.connection("standard");
    UUID ada = idp.create(identified("ada", "")).id();

    assertThat(idp.create(identified("countess", "")).status()).isEqualTo(201);
    idp.delete(ada);
    assertThat(idp.create(identified("augusta", "")).id()).isNotEqualTo(ada);
    assertThat(idp.create(identified("ada", "E-1")).id()).isEqualTo(ada);
  }

  @Test
  void makesSomebodyNewOfWhoHasBeenErased() {
    ScimClient idp = gateway.connection("okta");
    UUID ada = idp.create(identified("ada", "E-1")).id();
    idp.patch(ada, LEAVE);
    assertThat(gateway.admin("POST", "/users/" + ada + "/erase", null).status()).isEqualTo(204);

    assertThat(idp.create(identified("ada", "E-1")).id()).isNotEqualTo(ada);
    assertThat(conflicts(idp)).isEmpty();
  }

  @Test
  void listsAPairUntilAnAdministratorHasDecided() {
    ScimClient idp = gateway.connection("entra");
    UUID ada = idp.create(identified("ada", "alovelace")).id();
    idp.patch(ada, LEAVE);
    UUID other = idp.create(identified("ada.byron", "alovelace")).id();
    assertThat(idp.create(identified("ada.byron", "alovelace")).status()).isEqualTo(409);
    assertThat(conflicts(idp)).hasSize(1);
    String conflict = conflicts(idp).path(0).path("id").asText();

    assertThat(gateway.admin("DELETE", "/conflicts/" + conflict, null).status()).isEqualTo(204);

    assertThat(conflicts(idp)).isEmpty();
    assertThat(seen(other).path("state").asText()).isEqualTo("active");
    assertThat(seen(ada).path("state").asText()).isEqualTo("deactivated");
  }

  @Test
  void bringsBackWhomAnAdministratorHasChosenWhenTheOtherIsGone() {
    ScimClient idp = gateway.connection("entra");
    UUID ada = idp.create(identified("ada", "alovelace")).id();
    idp.patch(ada, LEAVE);
    UUID other = idp.create(identified("ada.byron", "alovelace")).id();

    assertThat(choose(idp, ada).status()).isEqualTo(204);
    idp.delete(other);
    Answer back = idp.create(identified("ada.byron", "alovelace"));

    assertThat(back.id()).isEqualTo(ada);
    assertThat(seen(ada).path("userName").asText()).isEqualTo("ada.byron");
    assertThat(conflicts(idp)).isEmpty();
  }

  @Test
  void makesOneOfTwoThatComeAtOnceWithOneExternalId() {
    ScimClient idp = gateway.connection("okta");

    List<CompletableFuture<Answer>> answers =
        Stream.of("ada", "countess", "augusta", "byron")
            .map(it -> CompletableFuture.supplyAsync(() -> idp.create(identified(it, "E-1"))))
            .toList();

    assertThat(answers).extracting(it -> it.join().status()).containsOnlyOnce(201).contains(409);
    assertThat(idp.find("externalId eq \"E-1\"").json().path("totalResults").asInt()).isOne();
  }

  @Test
  void comesBackInABulkRequestToo() {
    ScimClient idp = gateway.connection("okta");
    UUID ada = idp.create(identified("ada", "E-1")).id();
    idp.patch(ada, LEAVE);
    ObjectNode bulk = Json.object();
    bulk.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
    bulk.putArray("Operations")
        .addObject()
        .put("method", "POST")
        .put("path", "/Users")
        .put("bulkId", "1")
        .set("data", identified("ada", "E-1"));

    Answer answer = idp.call("POST", "/Bulk", bulk);

    assertThat(answer.json().at("/Operations/0/status").asText()).isEqualTo("201");
    assertThat(answer.json().at("/Operations/0/location").asText()).endsWith(ada.toString());
  }

  private void leave(ScimClient idp, UUID user, String how) {
    switch (how) {
      case "patched" -> assertThat(idp.patch(user, LEAVE).status()).isEqualTo(200);
      case "deleted" -> assertThat(idp.delete(user).status()).isEqualTo(204);
      default -> assertThat(how).isEqualTo("active");
    }
  }

  private void set(ScimClient idp, boolean stable) {
    ObjectNode change = Json.object();
    change.putObject("settings").put("externalIdIsStable", stable);
    assertThat(gateway.admin("PATCH", "/connections/" + idp.connection(), change).status())
        .isEqualTo(200);
  }

  private static ObjectNode identified(String userName, String externalId) {
    ObjectNode user = user(userName);
    return externalId == null ? user : user.put("externalId", externalId);
  }

  private JsonNode seen(UUID user) {
    return gateway.admin("GET", "/users/" + user, null).json();
  }

  private JsonNode conflicts(ScimClient idp) {
    return gateway.admin("GET", "/conflicts?tenant=" + idp.tenant(), null).json();
  }

  private Answer choose(ScimClient idp, UUID user) {
    return gateway.admin(
        "PUT",
        "/conflicts/" + conflicts(idp).path(0).path("id").asText() + "/choice",
        Json.object().put("user", user.toString()));
  }
}
