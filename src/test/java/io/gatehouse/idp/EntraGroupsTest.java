package io.gatehouse.idp;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How Microsoft Entra ID changes groups; the numbers are those of the quirks. */
class EntraGroupsTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");

  @ParameterizedTest // 57, 58, 59, 66
  @ValueSource(
      strings = {
        "[{\"$ref\":null,\"value\":\"%s\"}]",
        "[{\"value\":\"%s\",\"display\":null}]",
        "[{\"Value\":\"%s\",\"displayName\":\"Ada\"}]",
        "[\"%s\"]",
        "{\"value\":\"%s\"}",
        "\"%s\""
      })
  void addsAndRemovesMembersInEveryShape(String shape) {
    UUID ada = idp.create(user("ada")).id();
    UUID bob = idp.create(user("bob")).id();
    UUID group = idp.createGroup("Engineering", bob).id();
    String value = shape.formatted(ada);

    Answer added = idp.patchGroup(group, operation("Add", value));
    JsonNode both = idp.group(group).json().path("members");
    Answer again = idp.patchGroup(group, operation("Add", value));
    Answer removed = idp.patchGroup(group, operation("Remove", value));
    Answer removedAgain = idp.patchGroup(group, operation("Remove", value));

    assertThat(added.status()).as(added.http().body()).isEqualTo(204);
    assertThat(both).hasSize(2);
    assertThat(again.header("ETag")).isEqualTo(added.header("ETag"));
    assertThat(removed.status()).isEqualTo(204);
    assertThat(removedAgain.header("ETag")).isEqualTo(removed.header("ETag"));
    assertThat(idp.group(group).json().path("members"))
        .extracting(it -> it.path("value").asText())
        .containsExactly(bob.toString());
  }

  @Test // 58
  void emptiesAGroupOnlyWhenNobodyIsListed() {
    UUID ada = idp.create(user("ada")).id();
    UUID group = idp.createGroup("Engineering", ada).id();

    Answer blank = idp.patchGroup(group, operation("Remove", "[{\"value\":\"\"}]"));
    assertThat(idp.group(group).json().path("members")).hasSize(1);
    Answer all = idp.patchGroup(group, "{\"op\":\"Remove\",\"path\":\"members\"}");

    assertThat(blank.status()).isIn(204, 400);
    assertThat(all.status()).isEqualTo(204);
    assertThat(idp.group(group).json().path("members")).isEmpty();
  }

  @Test // 61, 62
  void readsAReplacementOfMembersAsTheConnectionSays() {
    UUID ada = idp.create(user("ada")).id();
    UUID bob = idp.create(user("bob")).id();
    UUID group = idp.createGroup("Engineering").id();

    idp.patchGroup(group, operation("replace", "[{\"value\":\"" + ada + "\"}]"));
    idp.patchGroup(group, operation("replace", "[{\"value\":\"" + bob + "\"}]"));
    JsonNode additive = idp.group(group).json().path("members");
    ObjectNode exact = Json.object();
    exact.putObject("settings").put("membersReplace", "exact");
    gateway.admin("PATCH", "/connections/" + idp.connection(), exact);
    idp.patchGroup(group, operation("replace", "[{\"value\":\"" + bob + "\"}]"));
    JsonNode replaced = idp.group(group).json().path("members");

    assertThat(additive).hasSize(2);
    assertThat(replaced).hasSize(1);
  }

  @ParameterizedTest // 62
  @ValueSource(strings = {"null", "[]"})
  void emptiesAGroupThatIsReplacedByNobody(String nobody) {
    UUID ada = idp.create(user("ada")).id();
    UUID group = idp.createGroup("Engineering", ada).id();

    assertThat(idp.patchGroup(group, operation("Replace", nobody)).status()).isEqualTo(204);
    assertThat(idp.group(group).json().path("members")).isEmpty();
  }

  @Test // 61, 63
  void splitsAReplacementWithoutAPath() {
    UUID ada = idp.create(user("ada")).id();
    UUID bob = idp.create(user("bob")).id();
    UUID group = idp.createGroup("Engineering", ada).id();

    idp.patchGroup(
        group,
        "{\"op\":\"replace\",\"value\":{\"displayName\":\"E\",\"members\":[{\"value\":\"%s\"}]}}"
            .formatted(bob));

    JsonNode after = idp.group(group).json();
    assertThat(after.path("displayName").asText()).isEqualTo("E");
    assertThat(after.path("members")).hasSize(2);
  }

  private static String operation(String op, String value) {
    return "{\"op\":\"%s\",\"path\":\"members\",\"value\":%s}".formatted(op, value);
  }
}
