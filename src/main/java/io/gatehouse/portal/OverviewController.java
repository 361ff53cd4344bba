package io.gatehouse.portal;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.StatusController;
import io.gatehouse.admin.api.TenantsController;
import io.gatehouse.admin.api.TenantsController.NewTenant;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page: the state of the gateway, and its tenants. */
@Controller
final class OverviewController {

  private final StatusController statusController;
  private final TenantsController tenantsController;

  OverviewController(StatusController statusController, TenantsController tenantsController) {
    this.statusController = statusController;
    this.tenantsController = tenantsController;
  }

  @Requires(Role.VIEWER)
  @GetMapping("/admin")
  String overview(Model model) {
    model.addAttribute("status", statusController.status());
    return "portal/overview";
  }

  @Requires(Role.ADMIN)
  @PostMapping("/admin/tenants")
  String addTenant(@RequestParam String slug, @RequestParam String name) {
    tenantsController.add(new NewTenant(slug, name, null));
    return Redirects.to("/admin/tenants/" + slug + "/connections/new");
  }
}
