package io.gatehouse.portal;

import io.gatehouse.access.OpenToAll;
import io.gatehouse.access.SetupLink;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.api.SetupDesk;
import io.gatehouse.security.SetupSignIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The page of a setup link, for a person of a customer who has no account: the SCIM URL and the
 * tokens of one connection.
 */
@Controller
final class SetupPages {

  private final SetupSignIn setupSignIn;
  private final SetupDesk setupDesk;

  SetupPages(SetupSignIn setupSignIn, SetupDesk setupDesk) {
    this.setupSignIn = setupSignIn;
    this.setupDesk = setupDesk;
  }

  @OpenToAll
  @GetMapping("/admin/setup/{token}")
  String page(@PathVariable String token, HttpServletRequest request, Model model) {
    return show(token, require(token, request), model);
  }

  @OpenToAll
  @PostMapping("/admin/setup/{token}/tokens")
  String makeToken(@PathVariable String token, HttpServletRequest request, Model model) {
    SetupLink link = require(token, request);
    model.addAttribute("secret", setupDesk.makeToken(link));
    return show(token, link, model);
  }

  @OpenToAll
  @PostMapping("/admin/setup/{token}/tokens/{id}/revoke")
  String revokeToken(
      @PathVariable String token, @PathVariable UUID id, HttpServletRequest request) {
    setupDesk.revokeToken(require(token, request), id);
    return Redirects.to("/admin/setup/" + token, Done.REVOKED);
  }

  private String show(String token, SetupLink link, Model model) {
    model.addAttribute("it", setupDesk.view(link));
    model.addAttribute("path", "/admin/setup/" + token);
    return "portal/setup";
  }

  private SetupLink require(String token, HttpServletRequest request) {
    SetupSignIn.Result result = setupSignIn.find(token, request);
    if (result.waitSeconds().isPresent()) {
      throw ProblemException.tooMany(
          "Too many wrong links came from this address. Wait %d seconds, and try again."
              .formatted(result.waitSeconds().getAsInt()));
    }
    return result
        .link()
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "This setup link is wrong, has ended, or was revoked. Ask for a new one where you got it."));
  }
}
