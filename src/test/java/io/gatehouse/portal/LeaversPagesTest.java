package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Leavers as a page: one, some and a whole wave come back. */
class LeaversPagesTest {

  private static final Pattern WAVE =
      Pattern.compile("(?s)name=\"from\" value=\"([^\"]*)\".*?name=\"until\" value=\"([^\"]*)\"");

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, idp.tenant());

  @Test
  void saysThatNobodyHasLeft() {
    assertThat(operator.get(leavers("")).text())
        .contains("No user has left.")
        .contains("No data is due for erasure");
  }

  @Test
  void showsDaysLeftHoldsAndWhatTheNextErasureTakes() {
    List<UUID> left = left(3);
    gateway.admin("PUT", "/users/" + left.get(1) + "/hold", null);
    gateway.sql("update person set purge_after = now() where id = ?", left.get(1));

    Page page = operator.get(leavers(""));

    assertThat(page.text())
        .contains("u0")
        .contains("89 days")
        .contains("due")
        .contains("held")
        .contains("1 overdue user is kept by a legal hold")
        .doesNotContain("Erase now");
    assertThat(PortalClient.signedIn(gateway, Role.ADMIN).get(leavers("")).text())
        .contains("Erase now");
  }

  @Test
  void restoresOneAndSome() {
    List<UUID> left = left(4);
    operator.get(leavers(""));

    Page page =
        operator.post(
            "/admin/tenants/" + idp.tenant() + "/users/" + left.get(0) + "/restore",
            "next",
            leavers(""));
    assertThat(page.address().getPath()).isEqualTo(leavers(""));
    assertThat(page.text()).contains("The user is active again.");
    page =
        operator.post(
            leavers("/restore"), "user", left.get(1).toString(), "user", left.get(2).toString());
    assertThat(page.text()).contains("All of these users are active again.");
    assertThat(left)
        .extracting(this::state)
        .containsExactly("active", "active", "active", "deactivated");
    assertThat(operator.post(leavers("/restore")).text()).contains("Tick the users to restore");
  }

  @Test
  void saysWhoWasNotRestoredAndWhy() {
    UUID left = idp.create(user("ada").put("externalId", "E-1")).id();
    idp.delete(left);
    gateway.admin("POST", "/users", user("ada").put("tenant", idp.tenant()));
    UUID unmanaged = UUID.randomUUID();
    operator.get(leavers(""));

    Page page =
        operator.post(leavers("/restore"), "user", left.toString(), "user", unmanaged.toString());

    assertThat(page.text()).contains("not restored").contains(unmanaged.toString());
  }

  @Test
  void restoresAWave() {
    List<UUID> left = left(25);
    Page page = operator.get(leavers(""));
    Matcher wave = WAVE.matcher(page.html());
    int waves = 0;
    while (wave.find()) {
      waves++;
      page =
          operator.post(
              leavers("/restore-wave"),
              "connection",
              idp.connection(),
              "from",
              wave.group(1),
              "until",
              wave.group(2));
      assertThat(page.text()).contains("active again");
    }

    assertThat(waves).isBetween(1, 2);
    assertThat(left).allMatch(it -> state(it).equals("active"));
    assertThat(page.text()).contains("No user has left.");
  }

  @Test
  void turnsPages() {
    left(52);
    Page first = operator.get(leavers(""));
    Page second = operator.get(UsersPagesTest.link(first, "Next page"));
    assertThat(second.text()).contains("u51").contains("u50").doesNotContain("u49");
  }

  @Test
  void letsAViewerSeeAndNothingMore() {
    List<UUID> left = left(1);
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());
    Page page = viewer.get(leavers(""));
    assertThat(page.text()).contains("u0").doesNotContain("Restore");

    assertThat(viewer.post(leavers("/restore"), "user", left.get(0).toString()).status())
        .isEqualTo(403);
    assertThat(viewer.post(leavers("/restore-wave")).status()).isEqualTo(403);
    assertThat(state(left.get(0))).isEqualTo("deactivated");
  }

  @Test
  void showsNothingOfAnotherTenant() {
    List<UUID> left = left(1);
    String other = gateway.tenant();
    PortalClient stranger = PortalClient.signedIn(gateway, Role.OPERATOR, other);
    stranger.get("/admin/tenants/" + other + "/leavers");

    assertThat(stranger.get(leavers("")).status()).isIn(400, 404);
    assertThat(stranger.post(leavers("/restore"), "user", left.get(0).toString()).status())
        .isEqualTo(404);
    Page page =
        stranger.post(
            "/admin/tenants/" + other + "/leavers/restore", "user", left.get(0).toString());
    assertThat(page.text()).contains("not restored");
    assertThat(state(left.get(0))).isEqualTo("deactivated");
  }

  private List<UUID> left(int count) {
    List<UUID> left =
        IntStream.range(0, count).mapToObj(it -> idp.create(user("u" + it)).id()).toList();
    gateway.admin(
        "PATCH",
        "/connections/" + idp.connection(),
        Json.stored("{\"settings\":{\"brake\":\"off\"}}"));
    left.forEach(idp::delete);
    return left;
  }

  private String state(UUID id) {
    return gateway.admin("GET", "/users/" + id, null).json().path("state").asText();
  }

  private String leavers(String rest) {
    return "/admin/tenants/" + idp.tenant() + "/leavers" + rest;
  }

  @Test
  void saysThatAWaveWasRestoredByAnotherAdministrator() {
    operator.get(leavers(""));
    String[] wave = {
      "connection",
      idp.connection(),
      "from",
      "2026-01-01T00:00:00Z",
      "until",
      "2036-01-01T00:00:00Z"
    };

    Page page = operator.post(leavers("/restore-wave"), wave);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("no user to restore any more").doesNotContain("active again");
    wave[3] = "yesterday";
    Page wrong = operator.post(leavers("/restore-wave"), wave);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("The value of 'from' is not understood");
    assertThat(operator.post(leavers("/restore"), "user", "x").status()).isEqualTo(400);
  }

  @Test
  void setsForHowLongDataIsKept() {
    PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN, idp.tenant());
    assertThat(admin.get(leavers("")).text()).contains("kept for 90 days");

    assertThat(admin.post(leavers("/retention"), "days", "10").text())
        .contains("The change was saved.", "kept for 10 days");
    left(1);
    assertThat(admin.get(leavers("")).text()).contains("9 days");
    for (String wrong : new String[] {"0", "4000", "x", "-1"}) {
      assertThat(admin.post(leavers("/retention"), "days", wrong).status()).isEqualTo(400);
    }
    assertThat(operator.get(leavers("")).text()).doesNotContain("Set the days");
    assertThat(operator.post(leavers("/retention"), "days", "1").status()).isEqualTo(403);
  }
}
