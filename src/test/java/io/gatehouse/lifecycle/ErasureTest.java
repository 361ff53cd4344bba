package io.gatehouse.lifecycle;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The data of those who left is erased when the deadline has passed, and not before. */
class ErasureTest {

  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");

  @Test
  void erasesWhoseDeadlineHasPassed() {
    UUID deactivated = idp.create(user("ada")).id();
    idp.patch(deactivated, LEAVE);
    UUID deleted = idp.create(user("grace")).id();
    idp.delete(deleted);
    daysPass(91);

    purge();

    await().until(() -> erased(deactivated) && erased(deleted));
    assertThat(idp.get(deactivated).status()).isEqualTo(404);
  }

  @Test
  void givesADeadlineToWhoWasNeverActiveAndIsDeleted() {
    UUID ada = idp.create(user("ada").put("active", false)).id();
    assertThat(seen(ada).has("purgeAfter")).isFalse();

    idp.delete(ada);

    assertThat(seen(ada).has("purgeAfter")).isTrue();
  }

  @Test
  void erasesTheStoredAnswerOfARetryToo() {
    String mark = "mark-" + UUID.randomUUID();
    UUID ada = idp.create(user(mark)).id();
    gateway.sql("update command_outcome set instance = 'ended' where target = ?", ada);
    assertThat(idp.create(user(mark)).id()).isEqualTo(ada);
    idp.delete(ada);

    gateway.admin("POST", "/users/" + ada + "/erase", null);

    assertThat(
            gateway
                .bean(org.springframework.jdbc.core.simple.JdbcClient.class)
                .sql("select count(*) from command_outcome where outcome::text like ?")
                .param("%" + mark + "%")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void erasesNobodyBefore() {
    UUID ada = left("ada");
    UUID present = idp.create(user("present")).id();
    daysPass(89);

    purge();
    idp.create(user("last"));

    assertThat(state(ada)).isEqualTo("deactivated");
    assertThat(state(present)).isEqualTo("active");
  }

  @Test
  void keepsTheRetentionOfTheTenant() {
    ObjectNode week = Json.object();
    week.putObject("settings").put("retentionDays", 7);
    gateway.admin("PATCH", "/tenants/" + idp.tenant(), week);

    JsonNode left = seen(left("ada"));

    assertThat(
            Duration.between(
                Instant.parse(left.path("deactivatedAt").asText()),
                Instant.parse(left.path("purgeAfter").asText())))
        .isEqualTo(Duration.ofDays(7));
  }

  @Test
  void refusesARetentionThatIsNone() {
    ObjectNode never = Json.object();
    never.putObject("settings").put("retentionDays", 0);

    assertThat(gateway.admin("PATCH", "/tenants/" + idp.tenant(), never).status()).isEqualTo(400);
  }

  @Test
  void keepsWhoIsUnderALegalHoldUntilItIsLifted() {
    UUID ada = left("ada");
    assertThat(gateway.admin("PUT", "/users/" + ada + "/hold", null).status()).isEqualTo(200);
    daysPass(91);

    purge();
    assertThat(gateway.admin("POST", "/users/" + ada + "/erase", null).status()).isEqualTo(409);
    assertThat(state(ada)).isEqualTo("deactivated");

    gateway.admin("DELETE", "/users/" + ada + "/hold", null);
    purge();
    await().until(() -> erased(ada));
  }

  @Test
  void countsWithoutErasing() {
    UUID ada = left("ada");
    left("grace");
    gateway.admin("PUT", "/users/" + ada + "/hold", null);
    String due = "/tenants/" + idp.tenant() + "/erasures";

    assertThat(gateway.admin("GET", due, null).json().path("due").asInt()).isZero();
    JsonNode later =
        gateway
            .admin("GET", due + "?until=" + Instant.now().plus(Duration.ofDays(91)), null)
            .json();
    assertThat(later.path("due").asInt()).isEqualTo(1);
    assertThat(later.path("held").asInt()).isEqualTo(1);
    assertThat(state(ada)).isEqualTo("deactivated");
  }

  @Test
  void announcesTheErasureWithIdsOnly() throws Exception {
    try (Subscriber training = Subscriber.of(gateway.subscription(idp.tenant(), "training"))) {
      UUID ada = left("ada");
      daysPass(91);
      purge();

      ObjectNode event = training.all().get(2);
      assertThat(event.path("type").asText()).isEqualTo("gatehouse.user.erased.v1");
      assertThat(event.at("/data/id").asText()).isEqualTo(ada.toString());
      assertThat(event.path("resourceversion").asText()).isEqualTo("3");
      assertThat(event.at("/data/lifecycle")).isEqualTo(Json.stored("{\"state\":\"erased\"}"));
      assertThat(event.at("/data").has("resource")).isFalse();
      assertThat(event.at("/data").has("changes")).isFalse();
    }
  }

  @Test
  void takesWhoComesAfterTheErasureForSomebodyNew() {
    UUID ada = left("ada");
    daysPass(91);
    purge();
    await().until(() -> erased(ada));

    Answer again = idp.create(user("ada"));

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.id()).isNotEqualTo(ada);
  }

  @Test
  void erasesAtOnceWhenAnAdministratorSaysSo() {
    UUID ada = left("ada");

    assertThat(gateway.admin("POST", "/users/" + ada + "/erase", null).status()).isEqualTo(204);

    assertThat(erased(ada)).isTrue();
    assertThat(gateway.admin("POST", "/users/" + ada + "/erase", null).status()).isEqualTo(404);
  }

  @Test
  void erasesNobodyWhoIsActive() {
    UUID ada = idp.create(user("ada")).id();

    assertThat(gateway.admin("POST", "/users/" + ada + "/erase", null).status()).isEqualTo(409);
    assertThat(state(ada)).isEqualTo("active");
  }

  @Test
  void takesWhoIsErasedOutOfTheGroups() {
    UUID ada = idp.create(user("ada")).id();
    UUID group = idp.createGroup("Engines", ada).id();
    idp.patch(ada, LEAVE);
    gateway.admin("POST", "/users/" + ada + "/erase", null);

    assertThat(idp.group(group).json().path("members")).isEmpty();
  }

  @Test
  void removesUnmanagedUsersSoftlyAndByAnAdministratorOnly() {
    UUID joan = gateway.admin("POST", "/users", user("joan").put("tenant", idp.tenant())).id();
    UUID ada = idp.create(user("ada")).id();

    assertThat(idp.delete(joan).status()).isEqualTo(404);
    assertThat(gateway.admin("DELETE", "/users/" + ada, null).status()).isEqualTo(409);
    assertThat(gateway.admin("DELETE", "/users/" + joan, null).status()).isEqualTo(204);
    assertThat(state(joan)).isEqualTo("deactivated");
    assertThat(seen(joan).has("purgeAfter")).isTrue();
  }

  @Test
  void letsOnlyOneInstancePurgeAtATime() throws Exception {
    left("ada");
    daysPass(91);
    List<String> ran = new java.util.concurrent.CopyOnWriteArrayList<>();
    var unit = gateway.bean(io.gatehouse.store.UnitOfWork.class);

    unit.exclusively(
        "purge",
        () -> {
          ran.add("first");
          CompletableFuture.runAsync(
                  () -> unit.exclusively("purge", () -> ran.add("second at the same time")))
              .join();
          return ran;
        });
    unit.exclusively("purge", () -> ran.add("third afterwards"));

    assertThat(ran).containsExactly("first", "third afterwards");
  }

  private UUID left(String userName) {
    UUID id = idp.create(user(userName)).id();
    idp.patch(id, LEAVE);
    return id;
  }

  /** The past moves, because the database's clock cannot. */
  private void daysPass(int days) {
    gateway.sql(
        """
        update person set deactivated_at = deactivated_at - make_interval(days => ?),
                          purge_after = purge_after - make_interval(days => ?)
         where connection_id = ?::uuid
        """,
        days,
        days,
        idp.connection());
  }

  private void purge() {
    gateway.bean(Purge.class).run();
  }

  private boolean erased(UUID id) {
    return state(id).equals("erased");
  }

  private String state(UUID id) {
    return seen(id).path("state").asText();
  }

  private JsonNode seen(UUID id) {
    return gateway.admin("GET", "/users/" + id, null).json();
  }
}
