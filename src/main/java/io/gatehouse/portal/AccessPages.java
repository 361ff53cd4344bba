package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.AdministratorsController;
import io.gatehouse.admin.api.AdministratorsController.AdministratorChange;
import io.gatehouse.admin.api.AdministratorsController.NewAdministrator;
import io.gatehouse.admin.api.ApiTokensController;
import io.gatehouse.admin.api.ApiTokensController.NewToken;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.api.SessionsController;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Administrators, roles, API tokens and sessions; for administrators of all tenants. */
@Controller
@RequestMapping("/admin/access")
final class AccessPages {

  private static final String HOME = "/admin/access";

  private final AdministratorsController administratorsController;
  private final ApiTokensController apiTokensController;
  private final SessionsController sessionsController;
  private final Clock clock;

  AccessPages(
      AdministratorsController administratorsController,
      ApiTokensController apiTokensController,
      SessionsController sessionsController,
      Clock clock) {
    this.administratorsController = administratorsController;
    this.apiTokensController = apiTokensController;
    this.sessionsController = sessionsController;
    this.clock = clock;
  }

  /**
   * A form for a new administrator or token.
   *
   * @param tenants slugs; all tenants when none is ticked and {@code all} is
   * @param days until the end of a token
   */
  record Form(
      @Nullable String name,
      @Nullable String role,
      @Nullable List<String> tenants,
      @Nullable Boolean all,
      @Nullable Integer days) {

    boolean everywhere() {
      return Boolean.TRUE.equals(all);
    }

    @Nullable List<String> scope() {
      return everywhere() ? null : tenants == null ? List.of() : tenants;
    }
  }

  @Requires(Role.ADMIN)
  @GetMapping
  String page(Model model) {
    model.addAttribute("administrators", administratorsController.all());
    model.addAttribute("tokens", apiTokensController.all());
    model.addAttribute("sessions", sessionsController.all());
    model.addAttribute("me", sessionsController.me());
    return "portal/access";
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/administrators")
  String addAdministrator(Form form, Model model, HttpServletResponse response) {
    model.addAttribute("administratorForm", form);
    return given(
        () ->
            administratorsController.add(
                new NewAdministrator(form.name(), form.role(), form.scope())),
        "administrator",
        model,
        response);
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/administrators/{id}")
  String changeAdministrator(@PathVariable UUID id, Form form) {
    administratorsController.change(
        id, new AdministratorChange(form.role(), form.scope(), form.everywhere(), null));
    return Redirects.to(HOME, Done.SAVED);
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/administrators/{id}/disabled")
  String disableAdministrator(@PathVariable UUID id, @RequestParam boolean disabled) {
    administratorsController.change(id, new AdministratorChange(null, null, null, disabled));
    return Redirects.to(HOME, Done.SAVED);
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/administrators/{id}/password")
  String resetPassword(@PathVariable UUID id, Model model, HttpServletResponse response) {
    return given(
        () -> administratorsController.resetPassword(id), "administrator", model, response);
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/tokens")
  String addToken(Form form, Model model, HttpServletResponse response) {
    model.addAttribute("tokenForm", form);
    int days = form.days() == null ? 0 : form.days();
    return given(
        () ->
            apiTokensController.add(
                new NewToken(
                    form.name(),
                    form.role(),
                    form.scope(),
                    clock.instant().plus(Duration.ofDays(days)))),
        "token",
        model,
        response);
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/tokens/{id}/revoke")
  String revokeToken(@PathVariable UUID id) {
    apiTokensController.revoke(id);
    return Redirects.to(HOME, Done.REVOKED);
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/sessions/{id}/end")
  String endSession(@PathVariable UUID id) {
    sessionsController.end(id);
    return Redirects.to(HOME, Done.SESSION_ENDED);
  }

  /** Shows a secret this once; or, when it was refused, the filled form with the reason. */
  private String given(
      Supplier<Object> act, String kind, Model model, HttpServletResponse response) {
    try {
      model.addAttribute(kind, act.get());
      return "portal/access-given";
    } catch (ProblemException e) {
      response.setStatus(e.getStatusCode().value());
      model.addAttribute("error", e.getBody().getDetail());
      return page(model);
    }
  }
}
