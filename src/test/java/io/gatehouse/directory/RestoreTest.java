package io.gatehouse.directory;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever comes back before the deadline is the same person. */
class RestoreTest {

  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";
  private static final String RETURN = "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}";

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");
  private UUID ada;
  private UUID group;

  @BeforeEach
  void adaWorksOnEngines() {
    ada = idp.create(user("ada").put("externalId", "E-1")).id();
    group = idp.createGroup("Engines", ada).id();
  }

  @Test
  void restoresByPatch() {
    idp.patch(ada, LEAVE);
    assertThat(idp.patch(ada, RETURN).status()).isEqualTo(200);
    isBack();
  }

  @Test
  void restoresByPut() {
    idp.patch(ada, LEAVE);
    assertThat(idp.replace(ada, user("ada").put("active", true)).status()).isEqualTo(200);
    isBack();
  }

  @Test
  void restoresByPostWithTheSameUserName() {
    idp.delete(ada);
    assertThat(idp.create(user("ADA")).id()).isEqualTo(ada);
    isBack();
  }

  @Test
  void restoresByPostWithTheSameExternalId() {
    idp.delete(ada);
    assertThat(idp.create(user("countess").put("externalId", "E-1")).id()).isEqualTo(ada);
    isBack();
  }

  @Test
  void showsWhoComesBackInactiveAndLetsTheDeadlineRunOn() {
    idp.delete(ada);
    String deadline = seen().path("purgeAfter").asText();

    assertThat(idp.create(user("ada").put("active", false)).id()).isEqualTo(ada);

    assertThat(idp.get(ada).json().path("active").asBoolean(true)).isFalse();
    assertThat(seen().path("state").asText()).isEqualTo("deactivated");
    assertThat(seen().path("purgeAfter").asText()).isEqualTo(deadline).isNotEmpty();
  }

  @Test
  void restoresByAnAdministrator() {
    idp.patch(ada, LEAVE);
    assertThat(restore().status()).isEqualTo(200);
    isBack();
  }

  @Test
  void restoresADeletedUserByAnAdministrator() {
    idp.delete(ada);
    assertThat(restore().status()).isEqualTo(200);
    assertThat(idp.get(ada).json().path("active").asBoolean()).isTrue();
    isBack();
  }

  @Test
  void restoresNobodyWhoseUserNameIsTaken() {
    idp.delete(ada);
    UUID other = idp.create(user("ada").put("externalId", "E-2")).id();
    assertThat(other).isNotEqualTo(ada);

    assertThat(restore().status()).isEqualTo(409);
    assertThat(seen().path("state").asText()).isEqualTo("deactivated");
  }

  @Test
  void changesNothingAboutWhoIsHere() {
    Answer restored = restore();

    assertThat(restored.status()).isEqualTo(200);
    assertThat(restored.json().path("version").asInt()).isEqualTo(1);
  }

  @Test
  void announcesTheReturnOnceAndWithoutADeadline() throws Exception {
    try (Subscriber training = Subscriber.of(gateway.subscription(idp.tenant(), "training"))) {
      idp.patch(ada, LEAVE);
      restore();
      idp.patch(ada, RETURN);

      List<ObjectNode> events = training.all();
      assertThat(events)
          .extracting(it -> it.path("type").asText())
          .containsExactly("gatehouse.user.deactivated.v1", "gatehouse.user.reactivated.v1");
      assertThat(events.get(1).at("/data/lifecycle").has("purgeAfter")).isFalse();
      assertThat(events.get(1).at("/data/id").asText()).isEqualTo(ada.toString());
    }
  }

  private void isBack() {
    JsonNode now = seen();
    assertThat(now.path("state").asText()).isEqualTo("active");
    assertThat(now.has("purgeAfter")).isFalse();
    assertThat(now.has("deletedAt")).isFalse();
    assertThat(idp.group(group).json().at("/members/0/value").asText()).isEqualTo(ada.toString());
  }

  private Answer restore() {
    return gateway.admin("POST", "/users/" + ada + "/restore", null);
  }

  private JsonNode seen() {
    return gateway.admin("GET", "/users/" + ada, null).json();
  }
}
