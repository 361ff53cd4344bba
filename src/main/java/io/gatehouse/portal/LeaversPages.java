package io.gatehouse.portal;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.LeaversController;
import io.gatehouse.admin.api.RestorationsController;
import io.gatehouse.admin.api.RestorationsController.RestorationView;
import io.gatehouse.admin.api.RestorationsController.Wanted;
import io.gatehouse.admin.api.TenantLookup;
import io.gatehouse.admin.api.TenantsController;
import io.gatehouse.admin.api.TenantsController.TenantChange;
import io.gatehouse.directory.TenantRules;
import io.gatehouse.tenant.TenantSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The users who have left: days left, and the way back for one, several or a whole wave. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/leavers")
final class LeaversPages {

  private static final int COUNT = 50;

  private final LeaversController leaversController;
  private final RestorationsController restorationsController;
  private final TenantsController tenantsController;
  private final TenantLookup tenantLookup;
  private final ConnectionNames connectionNames;

  LeaversPages(
      LeaversController leaversController,
      RestorationsController restorationsController,
      TenantsController tenantsController,
      TenantLookup tenantLookup,
      ConnectionNames connectionNames) {
    this.leaversController = leaversController;
    this.restorationsController = restorationsController;
    this.tenantsController = tenantsController;
    this.tenantLookup = tenantLookup;
    this.connectionNames = connectionNames;
  }

  @Requires(Role.VIEWER)
  @GetMapping
  String leavers(
      @PathVariable String tenant,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    LeaversController.Page page =
        leaversController.find(new LeaversController.Wanted(tenant, cursor, COUNT));
    String path = path(tenant);
    model.addAttribute("path", path);
    model.addAttribute("leavers", page.users());
    model.addAttribute("waves", leaversController.waves(tenant).waves());
    model.addAttribute("due", tenantsController.erasures(tenant, null));
    model.addAttribute(
        "retention",
        tenantLookup
            .known(tenant)
            .settings()
            .path(TenantSettings.RETENTION_DAYS)
            .asInt(TenantRules.DEFAULT_RETENTION_DAYS));
    model.addAttribute("connections", connectionNames.of(tenant));
    model.addAttribute("first", cursor == null ? null : path);
    model.addAttribute(
        "next", new PageLink(path).with("cursor", page.next()).orNullWithout("cursor"));
    return "portal/leavers";
  }

  /** Sets how long the data of users who leave is kept. */
  @Requires(Role.ADMIN)
  @PostMapping("/retention")
  String retention(@PathVariable String tenant, @RequestParam int days) {
    tenantsController.change(tenant, new TenantChange(Map.of(TenantSettings.RETENTION_DAYS, days)));
    return Redirects.to(path(tenant), Done.SAVED);
  }

  /** Restores the users whose boxes are ticked. */
  @Requires(Role.OPERATOR)
  @PostMapping("/restore")
  String restore(
      @PathVariable String tenant,
      @RequestParam(required = false) @Nullable List<UUID> user,
      Model model) {
    if (user == null || user.isEmpty()) {
      model.addAttribute("problem", "Tick the users to restore first.");
      return leavers(tenant, null, model);
    }
    return result(tenant, new Wanted(user, null, null, null, null), model);
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/restore-wave")
  String restoreWave(
      @PathVariable String tenant,
      @RequestParam UUID connection,
      @RequestParam Instant from,
      @RequestParam Instant until,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    return result(tenant, new Wanted(null, connection, from, until, FormText.text(cursor)), model);
  }

  private String result(String tenant, Wanted wanted, Model model) {
    RestorationView result = restorationsController.restore(tenant, wanted);
    if (result.restored() > 0 && result.refused().isEmpty() && !result.more()) {
      return Redirects.to(path(tenant), result.restored() == 1 ? Done.RESTORED : Done.ALL_RESTORED);
    }
    model.addAttribute("result", result);
    model.addAttribute("wanted", wanted);
    model.addAttribute("path", path(tenant));
    return "portal/restored";
  }

  private static String path(String tenant) {
    return "/admin/tenants/" + tenant + "/leavers";
  }
}
