package io.gatehouse.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.TenantLookup;
import io.gatehouse.admin.api.UserLifecycleController;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimException;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The form for a user whom no connection controls. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/users/new")
final class NewUserPages {

  private static final String PAGE = "portal/user-new";

  private final TenantLookup tenantLookup;
  private final UserLifecycleController lifecycle;

  NewUserPages(TenantLookup tenantLookup, UserLifecycleController lifecycle) {
    this.tenantLookup = tenantLookup;
    this.lifecycle = lifecycle;
  }

  /** The fields of the form. */
  record Form(
      @Nullable String userName,
      @Nullable String displayName,
      @Nullable String givenName,
      @Nullable String familyName,
      @Nullable String email) {

    byte[] document(String tenant) {
      ObjectNode user = Json.object().put("tenant", tenant);
      put(user, "userName", userName);
      put(user, "displayName", displayName);
      if (FormText.text(givenName) != null || FormText.text(familyName) != null) {
        put(user.withObject("name"), "givenName", givenName);
        put(user.withObject("name"), "familyName", familyName);
      }
      if (FormText.text(email) != null) {
        put(user.putArray("emails").addObject(), "value", email);
        ((ObjectNode) user.at("/emails/0")).put("type", "work").put("primary", true);
      }
      return Json.text(user).getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ObjectNode to, String name, @Nullable String field) {
      String text = FormText.text(field);
      if (text != null) {
        to.put(name, text);
      }
    }
  }

  @Requires(Role.OPERATOR)
  @GetMapping
  String form(@PathVariable String tenant, Form form, Model model) {
    tenantLookup.known(tenant);
    model.addAttribute("form", form);
    return PAGE;
  }

  @Requires(Role.OPERATOR)
  @PostMapping
  String add(@PathVariable String tenant, Form form, Model model, HttpServletResponse response) {
    String slug = tenantLookup.known(tenant).slug();
    try {
      return Redirects.to(
          "/admin/tenants/" + slug + "/users/" + lifecycle.add(form.document(slug)).id(),
          Done.USER_ADDED);
    } catch (ScimException e) {
      response.setStatus(e.refusal().status());
      model.addAttribute("form", form);
      model.addAttribute("error", e.refusal().detail());
      return PAGE;
    }
  }
}
