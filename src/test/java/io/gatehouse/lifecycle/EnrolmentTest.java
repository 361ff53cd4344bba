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
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Provisioning enrols nobody; an administrator or a schedule does. */
class EnrolmentTest {

  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");

  @Test
  void enrolsNobodyByProvisioning() {
    UUID ada = idp.create(user("ada")).id();
    idp.patch(ada, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Countess\"}");

    assertThat(enrolled(ada)).isFalse();
  }

  @Test
  void enrolsOneAndAnnouncesIt() throws Exception {
    try (Subscriber training = Subscriber.of(gateway.subscription(idp.tenant(), "training"))) {
      UUID ada = idp.create(user("ada")).id();
      assertThat(training.next().at("/data/lifecycle/enrolled").asBoolean(true)).isFalse();

      assertThat(post("/users/" + ada + "/enrol").status()).isEqualTo(200);

      ObjectNode event = training.next();
      assertThat(event.path("type").asText()).isEqualTo("gatehouse.user.enrolled.v1");
      assertThat(event.path("resourceversion").asText()).isEqualTo("2");
      assertThat(event.at("/data/lifecycle/enrolled").asBoolean()).isTrue();
      assertThat(event.at("/data/origin/channel").asText()).isEqualTo("admin");
      assertThat(enrolled(ada)).isTrue();
    }
  }

  @Test
  void enrolsNobodyTwice() throws Exception {
    UUID ada = idp.create(user("ada")).id();
    post("/users/" + ada + "/enrol");
    try (Subscriber training = Subscriber.of(gateway.subscription(idp.tenant(), "training"))) {
      assertThat(post("/users/" + ada + "/enrol").json().path("version").asInt()).isEqualTo(2);
      assertThat(training.all()).isEmpty();
    }
  }

  @Test
  void enrolsNobodyWhoHasLeft() {
    UUID ada = idp.create(user("ada")).id();
    idp.patch(ada, LEAVE);

    assertThat(post("/users/" + ada + "/enrol").status()).isEqualTo(409);
    assertThat(post("/users/" + UUID.randomUUID() + "/enrol").status()).isEqualTo(404);
  }

  @Test
  void keepsTheEnrolmentOfWhoLeavesAndReturns() {
    UUID ada = idp.create(user("ada")).id();
    post("/users/" + ada + "/enrol");
    idp.delete(ada);
    idp.create(user("ada"));

    assertThat(enrolled(ada)).isTrue();
  }

  @Test
  void enrolsThoseWhoMatchAFilter() {
    UUID ada = idp.create(user("ada").put("title", "Countess")).id();
    UUID grace = idp.create(user("grace").put("title", "Admiral")).id();

    Answer ordered =
        gateway.admin("POST", enrol(), Json.object().put("filter", "title eq \"countess\""));

    assertThat(ordered.status()).isEqualTo(202);
    assertThat(ordered.json().path("total").asInt()).isEqualTo(1);
    await().until(() -> enrolled(ada));
    assertThat(enrolled(grace)).isFalse();
  }

  @Test
  void enrolsAllWhoWereProvisionedWithoutAFilter() {
    UUID ada = idp.create(user("ada")).id();
    UUID grace = idp.create(user("grace")).id();
    UUID left = idp.create(user("left")).id();
    idp.patch(left, LEAVE);
    UUID byHand = gateway.admin("POST", "/users", user("joan").put("tenant", idp.tenant())).id();

    assertThat(post(enrol()).json().path("total").asInt()).isEqualTo(2);

    await().until(() -> enrolled(ada) && enrolled(grace));
    assertThat(enrolled(left)).isFalse();
    assertThat(enrolled(byHand)).isFalse();
  }

  @Test
  void showsHowFarAnEnrolmentIs() {
    idp.create(user("ada"));
    idp.create(user("grace"));

    Answer begun = post(enrol());
    String location = begun.header("Location");

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.json().path("state").asText()).isEqualTo("running");
    assertThat(location)
        .isEqualTo(
            gateway.url(
                "/admin/api/v1/tenants/"
                    + idp.tenant()
                    + "/enrolments/"
                    + begun.json().path("id").asText()));
    JsonNode ended = ended(begun);
    assertThat(ended.path("total").asInt()).isEqualTo(2);
    assertThat(ended.path("done").asInt()).isEqualTo(2);
    assertThat(ended.path("refused").asInt()).isZero();
    assertThat(ended.has("endedAt")).isTrue();
    JsonNode all = gateway.admin("GET", enrolments(), null).json();
    assertThat(all.at("/enrolments/0/id")).isEqualTo(begun.json().path("id"));
    assertThat(post(enrol()).json().path("state").asText()).isEqualTo("done");
    assertThat(gateway.admin("GET", enrolments() + "/" + UUID.randomUUID(), null).status())
        .isEqualTo(404);
  }

  @Test
  void runsOneEnrolmentOfATenantAtATime() {
    idp.create(user("ada"));
    Answer begun = post(enrol());

    Answer second = post(enrol());

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.json().path("detail").asText()).contains(begun.json().path("id").asText());
    ended(begun);
    assertThat(post(enrol()).status()).isEqualTo(202);
  }

  @Test
  void refusesABadFilter() {
    assertThat(gateway.admin("POST", enrol(), Json.object().put("filter", "title eq")).status())
        .isEqualTo(400);
  }

  @Test
  void enrolsOnSchedule() {
    UUID ada = idp.create(user("ada")).id();
    assertThat(schedule("0 9 * * MON").status()).isEqualTo(200);

    run();
    assertThat(enrolled(ada)).isFalse();

    mondayComes();
    run();
    await().until(() -> enrolled(ada));
  }

  @Test
  void runsAScheduleOnceEachTime() {
    schedule("0 9 * * MON");
    mondayComes();
    run();
    UUID late = idp.create(user("late")).id();
    run();

    assertThat(next()).isAfter(Instant.now());
    assertThat(enrolled(late)).isFalse();
  }

  @Test
  void countsInTheTimeZoneOfTheTenant() {
    zone("Asia/Tokyo");
    schedule("0 9 * * MON");
    ZonedDateTime inTokyo = next().atZone(ZoneId.of("Asia/Tokyo"));
    assertThat(inTokyo.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
    assertThat(inTokyo.toLocalTime()).isEqualTo(LocalTime.of(9, 0));

    zone("America/New_York");
    assertThat(next().atZone(ZoneId.of("America/New_York")).toLocalTime())
        .isEqualTo(LocalTime.of(9, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "every monday", "0 0 9 * * MON", "0 25 * * *", "0 9 31 2 *"})
  void refusesAScheduleThatIsNone(String cron) {
    Answer refused = schedule(cron);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void refusesATimeZoneThatIsNone() {
    ObjectNode change = Json.object();
    change.putObject("settings").put("timeZone", "Mars/Olympus");

    assertThat(gateway.admin("PATCH", "/tenants/" + idp.tenant(), change).status()).isEqualTo(400);
  }

  @Test
  void removesASchedule() {
    schedule("0 9 * * MON");

    assertThat(gateway.admin("DELETE", schedule(), null).status()).isEqualTo(204);
    assertThat(gateway.admin("GET", schedule(), null).status()).isEqualTo(404);
    assertThat(gateway.admin("DELETE", schedule(), null).status()).isEqualTo(404);
  }

  private boolean enrolled(UUID id) {
    JsonNode seen = gateway.admin("GET", "/users/" + id, null).json();
    assertThat(seen.has("enrolled")).isTrue();
    return seen.path("enrolled").asBoolean();
  }

  private Answer post(String path) {
    return gateway.admin("POST", path, null);
  }

  private String enrol() {
    return "/tenants/" + idp.tenant() + "/enrol";
  }

  private String enrolments() {
    return "/tenants/" + idp.tenant() + "/enrolments";
  }

  private JsonNode ended(Answer begun) {
    String path = enrolments() + "/" + begun.json().path("id").asText();
    await()
        .until(
            () ->
                !gateway.admin("GET", path, null).json().path("state").asText().equals("running"));
    return gateway.admin("GET", path, null).json();
  }

  private String schedule() {
    return "/tenants/" + idp.tenant() + "/enrolment-schedule";
  }

  private Answer schedule(String cron) {
    return gateway.admin("PUT", schedule(), Json.object().put("cron", cron));
  }

  private Instant next() {
    return Instant.parse(gateway.admin("GET", schedule(), null).json().path("next").asText());
  }

  private void zone(String zone) {
    ObjectNode change = Json.object();
    change.putObject("settings").put("timeZone", zone);
    gateway.admin("PATCH", "/tenants/" + idp.tenant(), change);
  }

  private void mondayComes() {
    gateway.sql("update tenant set enrolment_at = now() where slug = ?", idp.tenant());
  }

  private void run() {
    gateway.bean(Enrolment.class).run();
  }
}
