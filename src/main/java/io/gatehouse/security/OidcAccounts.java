package io.gatehouse.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.GatehouseProperties.Oidc;
import io.gatehouse.access.Account;
import io.gatehouse.access.Accounts;
import io.gatehouse.access.Administrator;
import io.gatehouse.access.Role;
import io.gatehouse.access.Sessions;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.crypto.Digests;
import io.gatehouse.scim.Json;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Tenant;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Accounts of administrators of the OIDC provider, by issuer and subject. Role and tenants are
 * renewed from their groups at each sign-in.
 */
final class OidcAccounts {

  /** Where several groups give several roles, the first of these is taken. */
  private static final List<Role> PREFERENCE =
      List.of(Role.ADMIN, Role.OPERATOR, Role.AUDITOR, Role.VIEWER);

  private static final int MAX_NAME = 80;
  private static final int SUFFIX = 6;

  private final Oidc settings;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Connections connections;
  private final AuditLog audit;
  private final Clock clock;

  OidcAccounts(
      Oidc settings,
      Accounts accounts,
      Sessions sessions,
      Connections connections,
      AuditLog audit,
      Clock clock) {
    this.settings = settings;
    this.accounts = accounts;
    this.sessions = sessions;
    this.connections = connections;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The account, made at the first sign-in.
   *
   * @return empty when no group gives a role and a tenant, or the account is disabled; open
   *     sessions then end
   */
  Optional<Account> of(OidcUser user) {
    String subject = user.getIssuer() + " " + user.getSubject();
    Set<String> groups = groups(user.getClaims().get(settings.rolesClaim()));
    Optional<Account> known = accounts.ofSubject(subject);
    Optional<Role> role =
        PREFERENCE.stream().filter(it -> holds(groups, settings.roles().get(it))).findFirst();
    Set<UUID> tenants = tenants(groups);
    boolean refused =
        role.isEmpty()
            || (tenants != null && tenants.isEmpty())
            || known.filter(it -> it.disabledAt() != null).isPresent();
    if (refused) {
      known.map(Account::administrator).map(Administrator::id).ifPresent(sessions::closeAll);
      return Optional.empty();
    }
    return Optional.of(
        known.isPresent()
            ? renewed(known.get(), role.get(), tenants)
            : added(user, subject, role.get(), tenants));
  }

  private static boolean holds(Set<String> groups, @Nullable String group) {
    return group != null && groups.contains(group);
  }

  private static Set<String> groups(@Nullable Object claim) {
    Stream<?> values =
        claim instanceof Collection<?> many ? many.stream() : Stream.ofNullable(claim);
    return values.map(Object::toString).collect(Collectors.toSet());
  }

  private @Nullable Set<UUID> tenants(Set<String> groups) {
    if (settings.tenants().isEmpty() || holds(groups, settings.allTenants())) {
      return null;
    }
    Set<UUID> tenants = new HashSet<>();
    settings.tenants().entrySet().stream()
        .filter(it -> groups.contains(it.getValue()))
        .flatMap(it -> connections.tenant(it.getKey()).map(Tenant::id).stream())
        .forEach(tenants::add);
    return tenants;
  }

  private Account renewed(Account known, Role role, @Nullable Set<UUID> tenants) {
    Administrator before = known.administrator();
    Administrator now = new Administrator(before.id(), before.name(), role, tenants);
    if (now.equals(before)) {
      return known;
    }
    accounts.change(now);
    record("administrator.change", now);
    return found(now.id());
  }

  private Account added(OidcUser user, String subject, Role role, @Nullable Set<UUID> tenants) {
    String name = name(user);
    String unique = name + "-" + Digests.sha256Hex(subject).substring(0, SUFFIX);
    Administrator made = new Administrator(UUID.randomUUID(), name, role, tenants);
    if (name.equalsIgnoreCase(FirstPassword.NAME) || !accounts.add(account(made, subject))) {
      made = new Administrator(made.id(), unique, role, tenants);
      if (!accounts.add(account(made, subject))) {
        return accounts.ofSubject(subject).orElseThrow(); // added at the same moment
      }
    }
    record("administrator.create", made);
    return found(made.id());
  }

  private Account account(Administrator administrator, String subject) {
    return new Account(administrator, null, subject, false, null, clock.instant(), null);
  }

  private Account found(@Nullable UUID id) {
    return accounts.find(Objects.requireNonNull(id)).orElseThrow();
  }

  /** The name in the log: letters, digits and {@code ._@+-}, as that of a local administrator. */
  private static String name(OidcUser user) {
    String given =
        Stream.of(user.getPreferredUsername(), user.getEmail(), user.getSubject())
            .filter(it -> it != null && !it.isBlank())
            .findFirst()
            .orElseThrow();
    String name = given.replaceAll("[^A-Za-z0-9._@+-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
    return name.isEmpty() ? "oidc" : name.substring(0, Math.min(MAX_NAME, name.length()));
  }

  private void record(String action, Administrator it) {
    ObjectNode detail = Json.object();
    detail
        .putObject("about")
        .put("kind", "administrator")
        .put("name", it.name())
        .put("role", it.role().word());
    audit.append(new AuditLog.Act(null, null, "oidc", action), detail);
  }
}
