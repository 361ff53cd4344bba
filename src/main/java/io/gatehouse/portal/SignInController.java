package io.gatehouse.portal;

import io.gatehouse.access.OpenToAll;
import io.gatehouse.access.Session;
import io.gatehouse.http.RetryAfter;
import io.gatehouse.security.AdministratorAuthentication;
import io.gatehouse.security.FirstPassword;
import io.gatehouse.security.OidcSignIn;
import io.gatehouse.security.PortalSignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Sign-in, sign-out and the change of the own password. */
@Controller
final class SignInController {

  private static final String SIGN_IN = "portal/sign-in";
  private static final String PASSWORD = "portal/password";
  private static final int SHORTEST = 12;
  private static final int LONGEST = 200;

  private static final Problem FAILED =
      new Problem(
          HttpStatus.SERVICE_UNAVAILABLE,
          "The sign-in at the provider did not succeed. Try again; the reason is in the log of"
              + " the gateway.");

  private static final Map<String, Problem> PROBLEMS =
      Map.of(
          "no-role",
          new Problem(
              HttpStatus.FORBIDDEN,
              "You are signed in at the provider, but none of your groups gives you a role here."
                  + " Ask an administrator for one."),
          "unproven",
          new Problem(
              HttpStatus.FORBIDDEN,
              "You are signed in, but the provider did not ask for your credentials, or did not say"
                  + " when it did (auth_time). Sensitive acts need that. Sign in once more, or ask"
                  + " the administrator of the provider."));

  private final PortalSignIn portalSignIn;
  private final FirstPassword firstPassword;
  private final OidcSignIn oidcSignIn;

  /** Why a sign-in at the provider came to nothing. */
  private record Problem(HttpStatus status, String text) {}

  SignInController(PortalSignIn portalSignIn, FirstPassword firstPassword, OidcSignIn oidcSignIn) {
    this.oidcSignIn = oidcSignIn;
    this.portalSignIn = portalSignIn;
    this.firstPassword = firstPassword;
  }

  @OpenToAll
  @GetMapping("/admin/sign-in")
  String form(
      @RequestParam(required = false) @Nullable String next,
      @Nullable Authentication authentication,
      Model model) {
    return authentication instanceof AdministratorAuthentication
        ? Redirects.to(Redirects.within(next))
        : form(next, model);
  }

  private String form(@Nullable String next, Model model) {
    model.addAttribute("next", Redirects.within(next));
    model.addAttribute("first", firstPassword.file().isPresent());
    model.addAttribute("provider", oidcSignIn.provider().orElse(null));
    return SIGN_IN;
  }

  /** A sign-in at the OIDC provider that came to nothing. */
  @OpenToAll
  @GetMapping(value = "/admin/sign-in", params = "problem")
  String problem(@RequestParam String problem, Model model, HttpServletResponse response) {
    Problem found = PROBLEMS.getOrDefault(problem, FAILED);
    response.setStatus(found.status().value());
    model.addAttribute("error", found.text());
    return form(null, model);
  }

  /** Where the filter of the sign-in cannot reach the OIDC provider. */
  @OpenToAll
  @GetMapping(OidcSignIn.START)
  String unavailable(Model model, HttpServletResponse response) {
    response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
    model.addAttribute(
        "error",
        oidcSignIn.provider().isPresent()
            ? "The provider cannot be reached now. Try again, or sign in with a password."
            : "No provider is configured; sign in with a password.");
    return form(null, model);
  }

  @OpenToAll
  @PostMapping("/admin/sign-in")
  String signIn(
      @RequestParam String name,
      @RequestParam String password,
      @RequestParam(required = false) @Nullable String next,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    PortalSignIn.Result result = portalSignIn.signIn(name, password, request, response);
    if (result.account().isPresent()) {
      return Redirects.to(Redirects.within(next));
    }
    boolean wait = result.waitSeconds().isPresent();
    result.waitSeconds().ifPresent(it -> response.setIntHeader(RetryAfter.HEADER, it));
    response.setStatus((wait ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.UNAUTHORIZED).value());
    model.addAttribute("name", name);
    model.addAttribute(
        "error",
        wait
            ? "Too many wrong passwords came from this address. Wait %d seconds, and try again."
                .formatted(result.waitSeconds().getAsInt())
            : "The name or the password is wrong.");
    return form(next, model);
  }

  @OpenToAll
  @PostMapping("/admin/sign-out")
  String signOut(Authentication authentication, HttpServletResponse response) {
    portalSignIn.signOut(session(authentication), response);
    return Redirects.to("/admin/sign-in");
  }

  @OpenToAll
  @GetMapping("/admin/password")
  String passwordForm(Authentication authentication, Model model) {
    model.addAttribute("must", session(authentication).account().mustChange());
    model.addAttribute("oidc", session(authentication).account().password() == null);
    return PASSWORD;
  }

  @OpenToAll
  @PostMapping("/admin/password")
  String changePassword(
      @RequestParam String current,
      @RequestParam String password,
      @RequestParam String again,
      Authentication authentication,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    Session session = session(authentication);
    String error = error(session, current, password, again, request);
    if (error != null) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      model.addAttribute("error", error);
      return passwordForm(authentication, model);
    }
    portalSignIn.changePassword(session, password);
    return Redirects.to("/admin");
  }

  private @Nullable String error(
      Session session, String current, String password, String again, HttpServletRequest request) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      return "The new password needs %d to %d characters.".formatted(SHORTEST, LONGEST);
    }
    if (!password.equals(again)) {
      return "The two new passwords differ.";
    }
    if (password.equals(current)) {
      return "The new password is the old one.";
    }
    return portalSignIn.confirm(session, current, request)
        ? null
        : "The current password is wrong.";
  }

  private static Session session(Authentication authentication) {
    return Objects.requireNonNull(((AdministratorAuthentication) authentication).session());
  }
}
