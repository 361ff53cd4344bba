package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Role;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Groups, their members, and who came and went, as pages. */
class GroupsPagesTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());

  @Test
  void findsAGroupByTheBeginningOfItsName() {
    assertThat(viewer.get(groups("")).text()).contains("There are no groups yet");
    UUID engines = idp.createGroup("Engines").id();
    idp.createGroup("<script>alert(1)</script>");

    Page all = viewer.get(groups(""));
    assertThat(all.html()).contains("/groups/" + engines).doesNotContain("<script>alert");
    assertThat(all.text()).contains("<script>alert(1)</script>");
    assertThat(viewer.get(groups("?q=eng&connection=")).text())
        .contains("Engines")
        .doesNotContain("alert");
    assertThat(viewer.getByHtmx(groups("?q=eng")).html())
        .contains("Engines")
        .doesNotContain("<html");
    assertThat(viewer.get(groups("?q=zzz")).text()).contains("No group matches");
  }

  @Test
  void showsMembersAndWhoCameAndWent() {
    UUID ada = idp.create(user("ada").put("displayName", "Ada Byron")).id();
    UUID grace = idp.create(user("grace")).id();
    UUID engines = idp.createGroup("Engines", ada).id();
    idp.patchGroup(
        engines,
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + grace + "\"}]}",
        "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + ada + "\\\"]\"}");

    Page page = viewer.get(groups("/" + engines));

    assertThat(page.text())
        .contains("Came 1 grace")
        .contains("Went 1 ada")
        .contains("group.create");
    assertThat(page.html()).contains("/users/" + grace);
  }

  @Test
  void showsMembersPageByPage() {
    UUID[] members =
        IntStream.range(0, 52)
            .mapToObj(it -> idp.create(user("m%02d".formatted(it))).id())
            .toArray(UUID[]::new);
    UUID engines = idp.createGroup("Engines", members).id();

    Page first = viewer.get(groups("/" + engines));
    Page second = viewer.get(UsersPagesTest.link(first, "More members"));

    assertThat(second.html()).contains(members[51].toString());
    assertThat(second.text()).doesNotContain("More members");
  }

  @Test
  void showsNothingOfAnotherTenant() {
    UUID engines = idp.createGroup("Engines").id();
    String other = gateway.tenant();
    PortalClient stranger = PortalClient.signedIn(gateway, Role.VIEWER, other);

    assertThat(stranger.get(groups("/" + engines)).status()).isEqualTo(404);
    assertThat(stranger.get("/admin/tenants/" + other + "/groups/" + engines).status())
        .isEqualTo(404);
    assertThat(
            PortalClient.signedIn(gateway, Role.VIEWER)
                .get("/admin/tenants/" + other + "/groups/" + engines)
                .status())
        .isEqualTo(404);
  }

  private String groups(String rest) {
    return "/admin/tenants/" + idp.tenant() + "/groups" + rest;
  }
}
