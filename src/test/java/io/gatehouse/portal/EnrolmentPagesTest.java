package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who waits for the enrolment, enrolments and their schedule. */
class EnrolmentPagesTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final String page = "/admin/tenants/" + idp.tenant() + "/enrolment";
  private final PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN, idp.tenant());

  @Test
  void enrolsTheSelectedUsersOfThisTenantOnly() {
    UUID ada = idp.create(user("ada").put("displayName", "<script>alert(1)</script>")).id();
    idp.create(user("grace"));
    ScimClient other = gateway.connection("standard");
    UUID joan = other.create(user("joan")).id();

    Page list = admin.get(page);
    assertThat(list.text()).contains("ada", "grace").doesNotContain("joan");
    assertThat(list.html()).doesNotContain("<script>alert");
    Page after = admin.post(page + "/selected", "user", ada.toString(), "user", joan.toString());

    assertThat(after.text()).contains("1 user was enrolled, 1 not.");
    assertThat(enrolled(ada)).isTrue();
    assertThat(enrolled(joan)).isFalse();
    assertThat(unenrolled("").path("users")).hasSize(1);
  }

  private boolean enrolled(UUID user) {
    return gateway.admin("GET", "/users/" + user, null).json().path("enrolled").asBoolean();
  }

  private JsonNode unenrolled(String more) {
    return gateway
        .admin("GET", "/users?tenant=" + idp.tenant() + "&enrolled=false" + more, null)
        .json();
  }

  @Test
  void listsThoseWhoWaitInPagesByAnIndex() {
    for (int i = 0; i < 3; i++) {
      idp.create(user("user" + i));
    }
    JsonNode first = unenrolled("&count=2");
    assertThat(first.path("users")).hasSize(2);
    JsonNode second = unenrolled("&count=2&cursor=" + first.path("next").asText());
    assertThat(second.path("users")).hasSize(1);
    assertThat(second.has("next")).isFalse();
    for (String wrong : new String[] {"&q=ada", "&state=deactivated"}) {
      assertThat(unenrolled(wrong).path("status").asInt()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void enrolsByFilterAndShowsTheProgress() {
    UUID ada = idp.create(user("ada")).id();
    UUID grace = idp.create(user("grace")).id();
    admin.get(page);

    assertThat(admin.post(page + "/jobs", "filter", "userName eq \"ada\"").text())
        .contains("The enrolment has begun.");
    await().untilAsserted(() -> assertThat(enrolled(ada)).isTrue());
    assertThat(enrolled(grace)).isFalse();
    await()
        .untilAsserted(
            () ->
                assertThat(admin.get(page + "/jobs").html())
                    .contains("done", "1 of 1")
                    .doesNotContain("hx-trigger"));

    Page wrong = admin.post(page + "/jobs", "filter", "userName is \"x\"");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.html()).contains("role=\"alert\"", "userName is");
  }

  @Test
  void showsTheNextFiveRunsInTheTimeZoneOfTheTenant() {
    gateway.admin(
        "PATCH",
        "/tenants/" + idp.tenant(),
        Json.stored("{\"settings\":{\"timeZone\":\"Europe/Berlin\"}}"));
    admin.get(page);
    Page set = admin.post(page + "/schedule", "cron", "30 9 * * MON");

    assertThat(set.text()).contains("The schedule was set.", "Europe/Berlin", "Mon ", " 09:30");
    JsonNode schedule =
        gateway.admin("GET", "/tenants/" + idp.tenant() + "/enrolment-schedule", null).json();
    assertThat(schedule.path("nextRuns")).hasSize(5);
    assertThat(schedule.at("/nextRuns/0")).isEqualTo(schedule.path("next"));

    Page wrong = admin.post(page + "/schedule", "cron", "every day");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("five fields");
    assertThat(wrong.html()).contains("value=\"every day\"");
    assertThat(admin.post(page + "/schedule/remove").text()).contains("There is no schedule.");
  }

  @Test
  void leavesOthersOut() {
    UUID ada = idp.create(user("ada")).id();
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());
    assertThat(viewer.get(page).text()).doesNotContain("Enrol the selected", "Enrol by filter");
    assertThat(viewer.post(page + "/selected", "user", ada.toString()).status()).isEqualTo(403);
    assertThat(viewer.post(page + "/schedule", "cron", "0 9 * * *").status()).isEqualTo(403);
    PortalClient foreign = PortalClient.signedIn(gateway, Role.ADMIN, gateway.tenant());
    assertThat(foreign.get(page).status()).isEqualTo(404);
    foreign.get("/admin");
    assertThat(foreign.post(page + "/selected", "user", ada.toString()).status()).isEqualTo(404);
    assertThat(foreign.post(page + "/jobs").status()).isEqualTo(404);
    assertThat(enrolled(ada)).isFalse();
  }

  @Test
  void countsAUserOnceAndAsksForATick() {
    UUID ada = idp.create(user("ada")).id();
    admin.get(page);

    Page nobody = admin.post(page + "/selected");
    assertThat(nobody.status()).isEqualTo(400);
    assertThat(nobody.text()).contains("Tick between 1 and 200 users.").contains("ada");
    Page twice = admin.post(page + "/selected", "user", ada.toString(), "user", ada.toString());
    assertThat(twice.text()).contains("1 user was enrolled, 0 not.");
    assertThat(admin.post(page + "/selected", "user", "x").status()).isEqualTo(400);
  }

  @Test
  void setsTheTimeZoneOfTheTenant() {
    assertThat(admin.get(page).text()).contains("The time zone of the tenant is UTC");
    admin.post(page + "/schedule", "cron", "30 2 * * *");

    Page set = admin.post(page + "/time-zone", "timeZone", " Asia/Kathmandu ");

    assertThat(set.text()).contains("The change was saved.", "02:30 UTC+05:45");
    Page wrong = admin.post(page + "/time-zone", "timeZone", "Mars");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("Europe/Berlin");
    PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, idp.tenant());
    assertThat(operator.get(page).text()).doesNotContain("Set the time zone");
    assertThat(operator.post(page + "/time-zone", "timeZone", "UTC").status()).isEqualTo(403);
  }

  @Test
  void recordsWhoBeganAnEnrolmentAndFromWhere() {
    idp.create(user("ada"));
    gateway.admin("POST", "/tenants/" + idp.tenant() + "/enrol", null);

    JsonNode entries =
        gateway
            .admin("GET", "/audit?action=enrolment.start&tenant=" + idp.tenant(), null)
            .json()
            .path("entries");
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).path("address").asText()).isEqualTo("127.0.0.1");
  }
}
