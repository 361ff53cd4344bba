package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Account;
import io.gatehouse.access.Accounts;
import io.gatehouse.access.Administrator;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.access.Sessions;
import io.gatehouse.security.ApiTokenCache;
import io.gatehouse.security.OneTimePasswords;
import io.gatehouse.security.SessionCache;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /access/administrators}: the accounts of the portal; for administrators of all tenants.
 */
@RestController
@RequestMapping("/admin/api/v1/access/administrators")
public final class AdministratorsController {

  private final Accounts accounts;
  private final Sessions sessions;
  private final SessionCache cache;
  private final ApiTokenCache tokenCache;
  private final OneTimePasswords passwords;
  private final TenantLookup tenantLookup;
  private final TenantScopes scopes;
  private final ActRecorder acts;
  private final Clock clock;

  AdministratorsController(
      Accounts accounts,
      Sessions sessions,
      SessionCache cache,
      ApiTokenCache tokenCache,
      OneTimePasswords passwords,
      TenantLookup tenantLookup,
      TenantScopes scopes,
      ActRecorder acts,
      Clock clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.cache = cache;
    this.tokenCache = tokenCache;
    this.passwords = passwords;
    this.tenantLookup = tenantLookup;
    this.scopes = scopes;
    this.acts = acts;
    this.clock = clock;
  }

  /**
   * An administrator who is wanted.
   *
   * @param tenants slugs; all tenants when absent
   */
  public record NewAdministrator(
      @Nullable String name, @Nullable String role, @Nullable List<String> tenants) {}

  /**
   * A change; what is absent stays.
   *
   * @param tenants slugs
   * @param allTenants true instead of {@code tenants}
   */
  public record AdministratorChange(
      @Nullable String role,
      @Nullable List<String> tenants,
      @Nullable Boolean allTenants,
      @Nullable Boolean disabled) {}

  /**
   * The answer to a new password.
   *
   * @param password shown this once; to be changed at the first sign-in
   */
  public record PasswordView(UUID id, String name, String password) {}

  /**
   * An account.
   *
   * @param tenants slugs; all tenants when absent
   * @param signIn {@code password} or {@code oidc}
   * @param mustChange whether the password is one that was given out
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AdministratorView(
      UUID id,
      String name,
      String role,
      @Nullable List<String> tenants,
      String signIn,
      boolean mustChange,
      boolean disabled,
      Instant createdAt,
      @Nullable Instant signedInAt) {}

  @Requires(Role.ADMIN)
  @GetMapping
  public List<AdministratorView> all() {
    tenantLookup.requireAllTenants();
    return accounts.all().stream().map(this::view).toList();
  }

  private AdministratorView view(Account it) {
    Administrator administrator = it.administrator();
    return new AdministratorView(
        Objects.requireNonNull(administrator.id()),
        administrator.name(),
        administrator.role().word(),
        scopes.slugs(administrator.tenants()),
        it.subject() == null ? "password" : "oidc",
        it.mustChange(),
        it.disabledAt() != null,
        it.createdAt(),
        it.signedInAt());
  }

  @Requires(Role.ADMIN)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public PasswordView add(@RequestBody NewAdministrator wanted) {
    tenantLookup.requireAllTenants();
    UUID id = UUID.randomUUID();
    Administrator administrator =
        new Administrator(
            id,
            AccessRules.administratorName(wanted.name()),
            AccessRules.role(wanted.role()),
            scopes.ids(wanted.tenants()));
    OneTimePasswords.Issued issued = passwords.issue();
    Account account =
        new Account(administrator, issued.hash(), null, true, null, clock.instant(), null);
    if (!accounts.add(account)) {
      throw ProblemException.conflict(
          "There is an administrator '" + administrator.name() + "' already.");
    }
    record("administrator.create", administrator);
    return new PasswordView(id, administrator.name(), issued.password());
  }

  /**
   * The rights of open sessions, and of the API tokens that the administrator made, change at once
   * here, and within five seconds on other instances.
   */
  @Requires(Role.ADMIN)
  @PatchMapping("/{id}")
  public AdministratorView change(@PathVariable UUID id, @RequestBody AdministratorChange wanted) {
    Account account = known(id);
    boolean disabled = wanted.disabled() == null ? account.disabledAt() != null : wanted.disabled();
    Administrator changed = changed(account.administrator(), wanted);
    if (!accounts.amend(changed, disabled)) {
      throw ProblemException.conflict(
          "This is the last administrator of all tenants who may sign in; make another one first.");
    }
    if (disabled) {
      sessions.closeAll(id);
    }
    cache.clear();
    tokenCache.clear();
    record(action(account, disabled), changed);
    return view(known(id));
  }

  private static String action(Account before, boolean disabled) {
    if (disabled == (before.disabledAt() != null)) {
      return "administrator.change";
    }
    return disabled ? "administrator.disable" : "administrator.enable";
  }

  private Administrator changed(Administrator before, AdministratorChange wanted) {
    boolean all = Boolean.TRUE.equals(wanted.allTenants());
    if (all && wanted.tenants() != null) {
      throw ProblemException.badRequest("There is either 'tenants' or 'allTenants'.");
    }
    Set<UUID> tenants =
        all || wanted.tenants() != null ? scopes.ids(wanted.tenants()) : before.tenants();
    Role role = wanted.role() == null ? before.role() : AccessRules.role(wanted.role());
    return new Administrator(before.id(), before.name(), role, tenants);
  }

  /** A new password that was given out; it ends the sessions of the administrator. */
  @Requires(Role.ADMIN)
  @PostMapping("/{id}/password")
  public PasswordView resetPassword(@PathVariable UUID id) {
    Account account = known(id);
    if (account.subject() != null) {
      throw ProblemException.conflict(
          "This administrator signs in at the OIDC provider, and has no password here.");
    }
    OneTimePasswords.Issued issued = passwords.issue();
    accounts.changePassword(id, issued.hash(), true);
    sessions.closeAll(id);
    cache.clear();
    record("administrator.password", account.administrator());
    return new PasswordView(id, account.administrator().name(), issued.password());
  }

  private Account known(UUID id) {
    tenantLookup.requireAllTenants();
    return accounts
        .find(id)
        .orElseThrow(() -> ProblemException.notFound("There is no administrator " + id + "."));
  }

  private void record(String action, Administrator it) {
    acts.append(
        null,
        null,
        action,
        AccessRules.about("administrator", it.name(), it.role(), scopes.slugs(it.tenants())));
  }
}
