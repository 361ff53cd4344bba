package io.gatehouse.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.GatehouseProperties.Oidc;
import io.gatehouse.access.Account;
import io.gatehouse.access.Accounts;
import io.gatehouse.access.Role;
import io.gatehouse.access.Sessions;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.support.Gateway;
import io.gatehouse.tenant.Connections;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

class OidcAccountsTest {

  private final Gateway gateway = Gateway.shared();

  @Test
  void withoutGroupsForTenantsAllAdministratorsSeeAllTenants() {
    Optional<Account> account = accounts(Map.of()).of(user("gate-admins"));
    assertThat(account.orElseThrow().administrator().isOfAllTenants()).isTrue();
    assertThat(accounts(Map.of("acme", "acme-people")).of(user("gate-admins"))).isEmpty();
  }

  private OidcAccounts accounts(Map<String, String> tenants) {
    Map<Role, String> roles = Map.of(Role.ADMIN, "gate-admins");
    return new OidcAccounts(
        new Oidc(
            URI.create("https://idp.example"), "id", null, "x", "groups", roles, tenants, null),
        gateway.bean(Accounts.class),
        gateway.bean(Sessions.class),
        gateway.bean("connections", Connections.class),
        gateway.bean(AuditLog.class),
        Clock.systemUTC());
  }

  private static DefaultOidcUser user(String... groups) {
    Map<String, Object> claims =
        Map.of(
            "iss",
            "https://idp.example",
            "sub",
            "u" + UUID.randomUUID(),
            "groups",
            List.of(groups));
    return new DefaultOidcUser(
        List.of(), new OidcIdToken("x", Instant.now(), Instant.now().plusSeconds(60), claims));
  }
}
