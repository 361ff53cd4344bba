package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.OpenToAll;
import io.gatehouse.access.Role;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.Routes;
import io.gatehouse.support.Routes.Called;
import io.gatehouse.support.Routes.Route;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Walks all addresses that the application itself has, so that a new one cannot be forgotten:
 * without credentials, with each role, and as an administrator of another tenant.
 */
class RoutesOfRolesTest {

  /** Open without a sign-in, each by name. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /admin/sign-in",
          "POST /admin/sign-in",
          "GET /admin/sign-in/oidc",
          "GET /admin/setup/{token}",
          "POST /admin/setup/{token}/tokens",
          "POST /admin/setup/{token}/tokens/{id}/revoke",
          "GET /",
          "GET /asyncapi.yaml");

  /** Where filters lead a form that they refuse. */
  private static final String REFUSED = "/admin/sign-in/refused";

  /** Of subscribers, and of the container: no administrator has to do with them. */
  private static final Set<String> OF_OTHERS = Set.of("/events", "/error", REFUSED);

  /** What ends the session that walks. */
  private static final String SIGN_OUT = "POST /admin/sign-out";

  /** Takes a file in place of fields; {@code ImportPagesTest} sends one with each role. */
  private static final String UPLOAD = "POST /admin/tenants/{tenant}/import";

  /** Answers that do not end. */
  private static final Set<String> STREAMS = Set.of("GET /admin/tenants/{tenant}/activity/stream");

  private final Gateway gateway = Gateway.shared();
  private final Routes routes = new Routes(gateway);

  private List<Route> ofAdministrators() {
    return routes.all().stream()
        .filter(it -> OF_OTHERS.stream().noneMatch(it.pattern()::startsWith))
        .toList();
  }

  @Test
  void eachRouteSaysWhichRoleItNeeds() {
    assertThat(ofAdministrators()).hasSizeGreaterThan(80);
    for (Route route : ofAdministrators()) {
      boolean says = route.role() != null || route.method().hasMethodAnnotation(OpenToAll.class);
      boolean open = OPEN.contains(route.name());
      assertThat(says || open).as("%s has @Requires or @OpenToAll", route.name()).isTrue();
    }
  }

  @Test
  void withoutCredentialsNothingOpensButWhatIsNamedHere() {
    for (Route route : routes.all()) {
      Called called = routes.call(route, null);
      if (OPEN.contains(route.name())) {
        assertThat(called.status()).as(route.name()).isNotEqualTo(401);
        assertThat(called.address()).startsWith(route.pattern().split("\\{")[0]);
      } else if (!route.pattern().startsWith("/error") && !route.pattern().equals(REFUSED)) {
        assertThat(called.refused()).as("%s: %s", route.name(), called).isTrue();
      }
    }
  }

  @Test
  void eachRoleMayWhatItsRoutesSayAndNothingElse() {
    Map<Role, Routes.Credential> credentials = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      credentials.put(role, routes.credential(role));
    }
    SoftAssertions all = new SoftAssertions();
    for (Route route : ofAdministrators()) {
      if (Set.of(SIGN_OUT, UPLOAD).contains(route.name())
          || OPEN.contains(route.name())
          || STREAMS.contains(route.name())) {
        continue;
      }
      credentials.forEach(
          (role, credential) -> {
            Called called = routes.call(route, credential);
            boolean may = route.role() == null || role.includes(route.role());
            all.assertThat(called.status() == 403)
                .as("%s as %s: %s", route.name(), role, called)
                .isEqualTo(!may);
            all.assertThat(called.refused())
                .as("%s as %s: %s", route.name(), role, called)
                .isFalse();
          });
    }
    all.assertAll();
  }

  @Test
  void whatBelongsToATenantIsNotThereForAnAdministratorOfAnother() {
    String other = gateway.tenant();
    Routes.Credential stranger = routes.credential(Role.ADMIN, other);
    Routes.Scene scene = routes.scene();
    for (Route route : ofAdministrators()) {
      if (route.name().equals(SIGN_OUT) || route.method().hasMethodAnnotation(OpenToAll.class)) {
        continue;
      }
      Called called = routes.call(route, stranger);
      if (scene.names(route)) {
        assertThat(called.status()).as("%s: %s", route.name(), called).isBetween(400, 499);
        if (route.verb().equals("GET")) {
          assertThat(called.status()).as("%s: %s", route.name(), called).isEqualTo(404);
        }
      }
      assertThat(called.body()).as(route.name()).doesNotContain(scene.secrets());
    }
    scene.isUnchanged();
  }

  @Test
  void aTokenOfTheApiOpensNoPageAndASessionNoCall() {
    Routes.Credential admin = routes.credential(Role.ADMIN);
    assertThat(gateway.call("GET", "/admin/access", admin.token(), null).status()).isEqualTo(302);
    assertThat(admin.browser().get("/admin/api/v1/tenants").status()).isEqualTo(401);
    assertThat(PortalClient.of(gateway).get("/admin").address().getPath())
        .isEqualTo("/admin/sign-in");
  }

  @Test
  void theFeedIsOfSubscribersOnly() {
    for (Route route : routes.all()) {
      if (route.pattern().startsWith("/events")) {
        assertThat(routes.call(route, null).status()).isEqualTo(401);
        assertThat(gateway.call(route.verb(), route.pattern(), Gateway.ADMIN_TOKEN, null).status())
            .isEqualTo(401);
      }
    }
  }

  @Test
  void theRulesOfTheRolesAreThese() {
    assertThat(Role.ADMIN.includes(Role.AUDITOR)).isTrue();
    assertThat(Role.OPERATOR.includes(Role.AUDITOR)).isFalse();
    assertThat(Role.AUDITOR.includes(Role.OPERATOR)).isFalse();
    assertThat(Role.AUDITOR.includes(Role.VIEWER)).isTrue();
  }
}
