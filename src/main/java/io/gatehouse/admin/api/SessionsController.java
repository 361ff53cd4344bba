package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Administrator;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.access.Session;
import io.gatehouse.access.Sessions;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.security.SessionCache;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /access/sessions}: the open sessions of the portal; {@code /access/me}: the caller. */
@RestController
@RequestMapping("/admin/api/v1/access")
public final class SessionsController {

  private final Sessions sessions;
  private final SessionCache cache;
  private final TenantLookup tenantLookup;
  private final TenantScopes scopes;
  private final ActRecorder acts;

  SessionsController(
      Sessions sessions,
      SessionCache cache,
      TenantLookup tenantLookup,
      TenantScopes scopes,
      ActRecorder acts) {
    this.sessions = sessions;
    this.cache = cache;
    this.tenantLookup = tenantLookup;
    this.scopes = scopes;
    this.acts = acts;
  }

  /**
   * An open session.
   *
   * @param address where it was opened from
   * @param agent the browser, as it calls itself
   */
  public record SessionView(
      UUID id,
      String administrator,
      String role,
      Instant openedAt,
      Instant seenAt,
      String address,
      String agent) {

    static SessionView of(Session it) {
      Administrator administrator = it.account().administrator();
      return new SessionView(
          it.id(),
          administrator.name(),
          administrator.role().word(),
          it.openedAt(),
          it.seenAt(),
          it.address(),
          it.agent());
    }
  }

  /**
   * The caller.
   *
   * @param tenants slugs; all tenants when absent
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record MeView(String name, String role, @Nullable List<String> tenants) {}

  @Requires(Role.VIEWER)
  @GetMapping("/me")
  public MeView me() {
    Administrator me = CurrentAdministrator.get();
    return new MeView(me.name(), me.role().word(), scopes.slugs(me.tenants()));
  }

  /** At most 200, the last used one first. */
  @Requires(Role.ADMIN)
  @GetMapping("/sessions")
  public List<SessionView> all() {
    tenantLookup.requireAllTenants();
    return sessions.live().stream().map(SessionView::of).toList();
  }

  /** Ends a session at once here, and within seconds on other instances. */
  @Requires(Role.ADMIN)
  @DeleteMapping("/sessions/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void end(@PathVariable UUID id) {
    tenantLookup.requireAllTenants();
    String name =
        sessions.live().stream()
            .filter(it -> it.id().equals(id))
            .map(it -> it.account().administrator().name())
            .findFirst()
            .orElseThrow(() -> ProblemException.notFound("There is no open session " + id + "."));
    sessions.close(id);
    cache.clear();
    acts.append(null, null, "session.end", AccessRules.about("session", name));
  }
}
