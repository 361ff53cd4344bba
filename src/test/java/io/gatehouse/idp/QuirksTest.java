package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.RestoreCriteria;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schemas;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.ScimRequests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each quirk turns its {@code .in.json} into its {@code .out.json}, and nothing else. */
class QuirksTest {

  /** What these change is not in the body; they have tests of their own. */
  private static final Set<String> WITHOUT_A_BODY =
      Set.of(
          "none",
          "plain-json-if-asked",
          "keep-unknown-extensions",
          "answer-group-patches-briefly",
          "keep-external-id",
          "keep-email-types",
          "leave-out-unknown-members",
          "restore-on-create",
          "reused-external-ids");

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.gatehouse.idp.GoldenRequests#all")
  void makesOfWhatWasSentWhatWasMeant(String quirk, Path in) throws IOException {
    JsonNode expected =
        GoldenRequests.read(Path.of(in.toString().replace(".in.json", ".out.json")));
    ScimRequest sent = GoldenRequests.request(GoldenRequests.read(in));

    ScimRequest meant = Quirks.named(quirk).fix(sent);

    assertThat(meant.body()).isEqualTo(expected.path("body"));
    assertThat(meant.line().method()).isEqualTo(expected.path("method").asText());
    assertThat(meant.repairs()).isNotEmpty().allMatch(it -> it.startsWith(quirk));
    assertThat(sent.body())
        .as("the request itself is not changed")
        .isEqualTo(GoldenRequests.read(in).path("body"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.gatehouse.idp.GoldenRequests#all")
  void leavesAloneWhatNeedsNoRepair(String quirk, Path in) throws IOException {
    if (quirk.equals("keep-what-put-omits")) {
      return; // every PUT is one
    }
    ScimRequest meant =
        GoldenRequests.request(
            GoldenRequests.read(Path.of(in.toString().replace(".in.json", ".out.json"))));

    ScimRequest again = Quirks.named(quirk).fix(meant);

    assertThat(again.body()).isEqualTo(meant.body());
    assertThat(again.repairs()).isEmpty();
  }

  @Test
  void hasAGoldenPairForEveryQuirk() throws IOException {
    Set<String> golden = new TreeSet<>(WITHOUT_A_BODY);
    GoldenRequests.all().forEach(it -> golden.add((String) it[0]));

    assertThat(golden).containsExactlyInAnyOrderElementsOf(Quirks.names());
  }

  @Test
  void keepsExtensionsThatNobodyHasDefined() {
    ScimRequest sent = request("PUT", "Users/7").with(Schemas.STANDARD);

    assertThat(Quirks.named("keep-unknown-extensions").fix(sent).catalogue().open()).isTrue();
  }

  @Test
  void letsThoseJoinAGroupWhoExist() {
    Quirk unit = Quirks.named("leave-out-unknown-members");

    for (String method : List.of("POST", "PUT", "PATCH")) {
      assertThat(unit.fix(request(method, "Groups/7")).conditions().leeway().someJoin()).isTrue();
      assertThat(unit.fix(request(method, "Users/7")).conditions().leeway().someJoin()).isFalse();
    }
  }

  @Test
  void saysByWhatAUserIsRecognised() {
    ScimRequest sent = request("POST", "Users");

    assertThat(Quirks.named("none").fix(sent).conditions().leeway().recognition())
        .isEqualTo(new RestoreCriteria(true, false));
    assertThat(Quirks.named("restore-on-create").fix(sent).conditions().leeway().recognition())
        .isEqualTo(new RestoreCriteria(true, true));
    assertThat(
            Quirks.named("restore-on-create,reused-external-ids,never-sink-a-deactivation")
                .fix(sent)
                .conditions()
                .leeway()
                .recognition())
        .isEqualTo(new RestoreCriteria(false, true));
  }

  @Test
  void answersPatchesOfGroupsBriefly() {
    Quirk unit = Quirks.named("answer-group-patches-briefly");

    assertThat(unit.fix(request("PATCH", "Groups/7")).conditions().minimal()).isTrue();
    assertThat(unit.fix(request("PATCH", "Users/7")).conditions().minimal()).isFalse();
    assertThat(unit.fix(request("PUT", "Groups/7")).conditions().minimal()).isFalse();
  }

  private static ScimRequest request(String method, String path) {
    return request(method, path, Json.object());
  }

  @Test
  void keepsTheExternalIdThatAPutLeavesOut() {
    Quirk unit = Quirks.named("keep-external-id");
    ObjectNode cleared = Json.object().putNull("externalId");

    ScimRequest kept = unit.fix(request("PUT", "Users/7"));

    assertThat(kept.conditions().leeway().kept()).containsExactly("externalId");
    assertThat(kept.repairs()).containsExactly("keep-external-id externalId");
    assertThat(unit.fix(request("PUT", "Users/7", cleared)).conditions().leeway().kept()).isEmpty();
    assertThat(unit.fix(request("PATCH", "Users/7")).conditions().leeway().kept()).isEmpty();
  }

  @Test
  void readsAReplacementOfMembersAsTheConnectionSays() {
    JsonNode golden = golden("entra/replace-members-adds.in.json");
    ScimRequest exact =
        request(
            ScimRequests.line("PATCH", "Groups/7", Map.of()),
            Json.object().put("membersReplace", "exact"),
            (ObjectNode) golden.path("body"));

    assertThat(Quirks.named("replace-members-adds").fix(exact).repairs()).isEmpty();
    assertThat(
            Quirks.named("replace-members-adds-if-set")
                .fix(GoldenRequests.request(golden))
                .repairs())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "externalId eq jyoung | externalId eq \"jyoung\"",
        "externalId eq 4711 | externalId eq \"4711\"",
        "id eq a and manager eq b | id eq \"a\" and manager eq \"b\"",
        "active eq True | active eq true",
        "active eq \"FALSE\" and externalId eq 7 | active eq false and externalId eq \"7\"",
        "userName eq %22ada%40x.com%22 | userName eq \"ada@x.com\"",
        "userName%20eq%20%22ada%22 | userName eq \"ada\"",
        "userName eq \"a%40x\" | (userName eq \"a%40x\" or userName eq \"a@x\")",
        "userName eq \"%22%5C\" | (userName eq \"%22%5C\" or userName eq \"\\\"\\\\\")",
        "emails[type eq \"work\"].value eq \"a%40x\""
            + " | (emails[type eq \"work\"].value eq \"a%40x\""
            + " or emails[type eq \"work\"].value eq \"a@x\")",
        "userName eq \"50%\" | userName eq \"50%\"",
        "userName eq \"x eq y\" | userName eq \"x eq y\"",
        "no such filter | no such filter",
        "userName eq \"EXAMPLE\\jo\" | userName eq \"EXAMPLE\\\\jo\"",
        "userName eq \"EXAMPLE\\ursula\" | userName eq \"EXAMPLE\\\\ursula\"",
        "userName eq \"EXAMPLE\\nora\" | userName eq \"EXAMPLE\\nora\"",
        "userName eq EXAMPLE\\jo | userName eq \"EXAMPLE\\\\jo\"",
        "active eq\"True\" | active eq true",
        "userName eq\"ada\" | userName eq\"ada\"",
      })
  void readsFiltersAsTheyWereMeant(String sent, String meant) {
    ScimRequest request =
        request(
            ScimRequests.line("GET", "Users", Map.of("filter", sent)),
            Json.object(),
            Json.object());

    ScimRequest fixed = Quirks.named("filters-as-meant").fix(request);

    assertThat(fixed.line().parameters()).containsEntry("filter", meant);
    assertThat(fixed.repairs())
        .isEqualTo(sent.equals(meant) ? List.of() : List.of("filters-as-meant filter"));
  }

  @Test
  void recordsPathsWithoutTheValuesInThem() {
    ScimRequest sent =
        request(
            "PATCH",
            "Users/7",
            ScimClient.patch(
                "{\"op\":\"replace\",\"path\":\"emails[value eq \\\"ada@x.com\\\"].primary\","
                    + "\"value\":\"True\"}"));

    assertThat(Quirks.named("booleans-from-strings").fix(sent).repairs())
        .containsExactly("booleans-from-strings emails[].primary");
  }

  @Test
  void makesNoRemovalWiderThanItWas() {
    ScimRequest sent =
        request(
            "PATCH",
            "Users/7",
            ScimClient.patch(
                "{\"op\":\"remove\",\"path\":\"roles\",\"value\":[{\"value\":\"\"}]}"));

    assertThat(Quirks.named("blanks-as-unassigned").fix(sent).body()).isEqualTo(sent.body());
  }

  @Test
  void leavesSearchesAlone() {
    ObjectNode search = Json.object().put("filter", "active eq true").put("title", " x ");
    search.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:SearchRequest");

    for (String name : Quirks.names()) {
      assertThat(Quirks.named(name).fix(request("POST", "Users/.search", search)).body())
          .as(name)
          .isEqualTo(search);
    }
  }

  @Test
  void refusesANameThatIsNotInTheCatalogue() {
    assertThatThrownBy(() -> Quirks.named("none,no-such-quirk"))
        .hasMessageContaining("no-such-quirk")
        .hasMessageContaining("fold-operation-names");
  }

  private static JsonNode golden(String name) {
    return assertDoesNotThrow(() -> GoldenRequests.read(GoldenRequests.FOLDER.resolve(name)));
  }

  private static ScimRequest request(String method, String path, ObjectNode body) {
    return request(ScimRequests.line(method, path, Map.of()), Json.object(), body);
  }

  private static ScimRequest request(ScimRequest.Line line, ObjectNode settings, ObjectNode body) {
    return ScimRequests.of(
        ScimRequests.client("any", settings, Schemas.STANDARD.opened()), line, body);
  }
}
