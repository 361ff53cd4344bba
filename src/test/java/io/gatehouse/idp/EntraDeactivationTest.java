package io.gatehouse.idp;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Microsoft Entra ID sends beside a deactivation; the numbers are those of the quirks. */
class EntraDeactivationTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");

  @Test // 27
  void leavesOutWhatNobodyKnows() {
    UUID ada = idp.create(user("ada")).id();

    JsonNode patched =
        patched(
            ada,
            "{\"op\":\"Add\",\"path\":\"favouriteColour\",\"value\":\"red\"}",
            "{\"op\":\"Add\",\"path\":\"extension_4711_badge\",\"value\":\"x\"}",
            "{\"op\":\"Remove\",\"path\":\"hats[type eq \\\"top\\\"].size\"}",
            "{\"op\":\"Replace\",\"path\":\"name.nick\",\"value\":\"x\"}",
            "{\"op\":\"Replace\",\"value\":{\"displaNyame\":\"lol\",\"title\":\"T\"}}");
    Answer nothing = idp.patch(ada, "{\"op\":\"Add\",\"path\":\"hat\",\"value\":\"top\"}");

    assertThat(patched.path("title").asText()).isEqualTo("T");
    assertThat(nothing.status()).isEqualTo(200);
    assertThat(nothing.json()).isEqualTo(patched);
  }

  @ParameterizedTest // 27, 53
  @ValueSource(
      strings = {
        "{\"op\":\"Add\",\"path\":\"emails[type eq\",\"value\":\"x\"}",
        "{\"op\":\"Add\",\"path\":\"emails[type zz \\\"work\\\"].value\",\"value\":\"x\"}",
        "{\"op\":\"Explode\",\"path\":\"title\",\"value\":\"x\"}",
        "{\"op\":\"Replace\",\"path\":\"name\",\"value\":\"x\"}",
        "{\"op\":\"Remove\"}",
        "{\"op\":\"Remove\",\"path\":\"userName\"}",
        "{\"op\":\"Replace\",\"path\":\"userName\",\"value\":\"taken\"}",
        "{\"op\":\"Replace\",\"value\":\"x\"}",
        "7"
      })
  void refusesWhatIsWrongButNeverKeepsALeaverActive(String wrong) {
    idp.create(user("taken"));
    UUID ada = idp.create(user("ada")).id();

    Answer alone = idp.patchAll(ada, wrong);
    Answer last =
        idp.patchAll(ada, wrong, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");
    Answer back = idp.patchAll(ada, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"True\"}");
    Answer first =
        idp.patchAll(
            ada,
            "{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Left\"}",
            "{\"op\":\"replace\",\"value\":{\"active\":false,\"name\":5}}",
            wrong);

    assertThat(alone.status()).isIn(400, 409);
    assertThat(last.status()).as(last.http().body()).isEqualTo(200);
    assertThat(last.json().path("active").booleanValue()).isFalse();
    assertThat(back.json().path("active").booleanValue()).isTrue();
    assertThat(first.status()).as(first.http().body()).isEqualTo(200);
    assertThat(first.json().path("active").booleanValue()).isFalse();
    assertThat(first.json().path("title").asText()).isEqualTo("Left");
  }

  @Test // 53
  void recordsWhatItLeftOutWithoutItsValue() {
    UUID ada = idp.create(user("ada")).id();

    idp.patchAll(
        ada,
        "{\"op\":\"Replace\",\"path\":\"name\",\"value\":\"secret\"}",
        "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");

    String repairs =
        gateway
            .bean(JdbcClient.class)
            .sql(
                """
                select string_agg(d.detail ->> 'repairs', ' ')
                  from audit_entry e join audit_detail d on d.audit_id = e.id
                 where e.resource_id = ?
                """)
            .param(ada)
            .query(String.class)
            .single();
    assertThat(repairs)
        .contains("never-sink-a-deactivation name", "booleans-from-strings active")
        .doesNotContain("secret");
  }

  @Test // 53
  void bringsNobodyBackWithHalfOfARequest() {
    UUID ada = idp.create(user("ada").put("active", false)).id();

    Answer answer =
        idp.patchAll(
            ada,
            "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"True\"}",
            "{\"op\":\"Replace\",\"path\":\"name\",\"value\":\"x\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(idp.get(ada).json().path("active").booleanValue()).isFalse();
  }

  private JsonNode patched(UUID id, String... operations) {
    Answer answer = idp.patchAll(id, operations);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }
}
