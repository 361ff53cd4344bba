package io.gatehouse.lifecycle;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Leaving and coming back, as SCIM and as subscribers see it. */
class LifecycleTest {

  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";
  private static final String RETURN = "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}";

  private final ScimClient idp = Gateway.shared().connection("standard");

  @Test
  void keepsADeactivatedUserVisibleWithADeadline() throws Exception {
    try (Subscriber training = subscriber()) {
      UUID ada = idp.create(user("ada@example.com")).id();
      assertThat(idp.patch(ada, LEAVE).json().path("active").asBoolean()).isFalse();
      assertThat(idp.get(ada).json().path("active").asBoolean()).isFalse();
      assertThat(idp.find("userName eq \"ada@example.com\"").json().path("totalResults").asInt())
          .isEqualTo(1);

      List<ObjectNode> events = training.all();
      assertThat(types(events)).containsExactly("created", "deactivated");
      Instant purge = Instant.parse(events.get(1).at("/data/lifecycle/purgeAfter").asText());
      assertThat(purge)
          .isEqualTo(Instant.parse(events.get(1).path("time").asText()).plus(Duration.ofDays(90)));
    }
  }

  @Test
  void cancelsTheDeadlineWhenTheUserReturns() throws Exception {
    try (Subscriber training = subscriber()) {
      UUID ada = idp.create(user("ada@example.com")).id();
      idp.patch(ada, LEAVE);
      assertThat(idp.patch(ada, RETURN).json().path("active").asBoolean()).isTrue();

      List<ObjectNode> events = training.all();
      assertThat(types(events)).containsExactly("created", "deactivated", "reactivated");
      assertThat(events.get(2).at("/data/lifecycle").has("purgeAfter")).isFalse();
    }
  }

  @Test
  void hidesADeletedUserAndRestoresItUnderTheSameId() throws Exception {
    try (Subscriber training = subscriber()) {
      UUID ada = idp.create(user("ada@example.com").put("title", "Countess")).id();
      assertThat(idp.delete(ada).status()).isEqualTo(204);
      assertThat(idp.get(ada).status()).isEqualTo(404);
      assertThat(idp.delete(ada).status()).isEqualTo(404);
      assertThat(idp.find("userName eq \"ada@example.com\"").json().path("totalResults").asInt())
          .isZero();

      var back = idp.create(user("ADA@example.com"));
      assertThat(back.status()).isEqualTo(201);
      assertThat(back.id()).isEqualTo(ada);
      assertThat(back.json().has("title")).isFalse();

      List<ObjectNode> events = training.all();
      assertThat(types(events)).containsExactly("created", "deactivated", "reactivated");
      assertThat(events)
          .extracting(it -> it.path("resourceversion").asText())
          .containsExactly("1", "2", "3");
    }
  }

  @Test
  void restoresByExternalIdUnderANewName() {
    UUID ada = idp.create(user("ada@example.com").put("externalId", "E-1")).id();
    idp.delete(ada);

    assertThat(idp.create(user("lovelace@example.com").put("externalId", "E-1")).id())
        .isEqualTo(ada);
  }

  @Test
  void takesTwoExternalIdsForTwoPeople() {
    UUID ada = idp.create(user("ada@example.com").put("externalId", "E-1")).id();
    idp.delete(ada);

    var other = idp.create(user("ada@example.com").put("externalId", "E-2"));

    assertThat(other.status()).isEqualTo(201);
    assertThat(other.id()).isNotEqualTo(ada);
  }

  @Test
  void restoresNothingWhenAnExternalIdPointsAtTwo() {
    UUID one = idp.create(user("ada@example.com").put("externalId", "E-1")).id();
    UUID two = idp.create(user("grace@example.com")).id();
    idp.patch(two, "{\"op\":\"add\",\"path\":\"externalId\",\"value\":\"E-1\"}");
    idp.delete(one);
    idp.delete(two);

    assertThat(idp.create(user("new@example.com").put("externalId", "E-1")).id()).isNotIn(one, two);
  }

  @Test
  void doesNotRestoreTheUserOfAnotherConnection() {
    UUID ada = idp.create(user("ada@example.com")).id();
    idp.delete(ada);

    var elsewhere =
        Gateway.shared().connection(idp.tenant(), "standard").create(user("ada@example.com"));

    assertThat(elsewhere.status()).isEqualTo(201);
    assertThat(elsewhere.id()).isNotEqualTo(ada);
  }

  @Test
  void deletesADeactivatedUserWithoutAnEventOrANewVersion() throws Exception {
    try (Subscriber training = subscriber()) {
      UUID ada = idp.create(user("ada@example.com")).id();
      idp.patch(ada, LEAVE);
      assertThat(idp.delete(ada).status()).isEqualTo(204);

      assertThat(types(training.all())).containsExactly("created", "deactivated");
    }
  }

  @Test
  void keepsTheActivityThatAPutDoesNotName() {
    UUID ada = idp.create(user("ada@example.com")).id();
    idp.patch(ada, LEAVE);

    assertThat(idp.replace(ada, user("ada@example.com")).json().path("active").asBoolean())
        .isFalse();
  }

  @Test
  void announcesNothingAndKeepsTheVersionWhenAPatchChangesNothing() throws Exception {
    try (Subscriber training = subscriber()) {
      var created = idp.create(user("ada@example.com").put("title", "Countess"));
      var same =
          idp.patch(created.id(), "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Countess\"}");
      var again = idp.patch(created.id(), RETURN);

      assertThat(same.status()).isEqualTo(200);
      assertThat(same.json()).isEqualTo(created.json());
      assertThat(again.header("ETag")).isEqualTo("W/\"1\"");
      assertThat(types(training.all())).containsExactly("created");
    }
  }

  private Subscriber subscriber() throws Exception {
    return Subscriber.of(Gateway.shared().subscription(idp.tenant(), "training"));
  }

  private static List<String> types(List<ObjectNode> events) {
    return events.stream()
        .map(it -> it.path("type").asText().replaceAll("gatehouse\\.user\\.(.*)\\.v1", "$1"))
        .toList();
  }
}
