package io.gatehouse.portal;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.RatesController;
import io.gatehouse.admin.api.StatusController;
import io.gatehouse.admin.api.StatusController.StatusView;
import io.gatehouse.admin.api.TenantStandingController;
import io.gatehouse.admin.api.TenantsController;
import io.gatehouse.admin.api.TenantsController.NewTenant;
import io.gatehouse.security.CurrentAdministrator;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first pages: the state of the gateway and its tenants, and the state of one tenant. */
@Controller
final class OverviewController {

  private final StatusController statusController;
  private final TenantsController tenantsController;
  private final TenantStandingController standingController;
  private final RatesController ratesController;

  OverviewController(
      StatusController statusController,
      TenantsController tenantsController,
      TenantStandingController standingController,
      RatesController ratesController) {
    this.statusController = statusController;
    this.tenantsController = tenantsController;
    this.standingController = standingController;
    this.ratesController = ratesController;
  }

  @Requires(Role.VIEWER)
  @GetMapping("/admin")
  String overview(@RequestParam(defaultValue = "hour") String period, Model model) {
    StatusView status = statusController.status();
    model.addAttribute("status", status);
    model.addAttribute("period", period);
    model.addAttribute("lost", status.withoutDatabase());
    boolean charts = status.feed() != null && CurrentAdministrator.get().isOfAllTenants();
    model.addAttribute(
        "charts", charts ? Chart.of(ratesController.rates(null, period)) : List.of());
    return "portal/overview";
  }

  /** The first page of a tenant. */
  @Requires(Role.VIEWER)
  @GetMapping("/admin/tenants/{tenant}")
  String tenant(
      @PathVariable String tenant,
      @RequestParam(defaultValue = "hour") String period,
      Model model) {
    model.addAttribute("standing", standingController.standing(tenant));
    model.addAttribute("period", period);
    model.addAttribute("charts", Chart.of(ratesController.rates(tenant, period)));
    return "portal/tenant";
  }

  @Requires(Role.ADMIN)
  @PostMapping("/admin/tenants")
  String addTenant(@RequestParam String slug, @RequestParam String name) {
    tenantsController.add(new NewTenant(slug, name, null));
    return Redirects.to("/admin/tenants/" + slug + "/connections/new");
  }
}
