package io.gatehouse.portal;

import io.gatehouse.access.OpenToAll;
import io.gatehouse.access.SetupLink;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.api.SetupDesk;
import io.gatehouse.security.SetupSignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
  private final GuideText guides;

  SetupPages(SetupSignIn setupSignIn, SetupDesk setupDesk, GuideText guides) {
    this.guides = guides;
    this.setupSignIn = setupSignIn;
    this.setupDesk = setupDesk;
  }

  @OpenToAll
  @GetMapping("/admin/setup/{token}")
  String page(
      @PathVariable String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      return show(token, require(token, request), model);
    } catch (ProblemException e) {
      if (request.getHeader("HX-Request") != null) {
        // A page whose link has ended is loaded once more, and asks no more. Else its calls would
        // count as guesses, and slow down the sign-ins from the same address.
        response.setHeader("HX-Refresh", "true");
      }
      throw e;
    }
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
    SetupDesk.View view = setupDesk.view(link);
    model.addAttribute("it", view);
    model.addAttribute(
        "guide", guides.of(view.idp(), view.scimUrl(), view.webhookUrl(), link.connection()));
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
