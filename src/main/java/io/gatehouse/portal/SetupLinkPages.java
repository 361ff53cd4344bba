package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.SetupLinksController;
import io.gatehouse.admin.api.SetupLinksController.NewLink;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The setup links of a connection. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/connections/{id}/setup-links")
final class SetupLinkPages {

  private final TenantConnections tenantConnections;
  private final SetupLinksController links;

  SetupLinkPages(TenantConnections tenantConnections, SetupLinksController links) {
    this.tenantConnections = tenantConnections;
    this.links = links;
  }

  @Requires(Role.VIEWER)
  @GetMapping
  String list(@PathVariable String tenant, @PathVariable UUID id, Model model) {
    model.addAttribute("connection", tenantConnections.one(tenant, id));
    model.addAttribute("links", links.all(id));
    return "portal/setup-links";
  }

  /** Shows the link once; the page is no redirect, so that it has it. */
  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping
  String add(
      @PathVariable String tenant,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Integer hours,
      Model model) {
    String name = tenantConnections.one(tenant, id).name();
    return Secret.show(
        model,
        new Secret(
            "A setup link for " + name,
            address(tenant, id),
            List.of(new Secret.Value("Setup link", links.add(id, new NewLink(hours)).url()))));
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/{link}/revoke")
  String revoke(@PathVariable String tenant, @PathVariable UUID id, @PathVariable UUID link) {
    tenantConnections.one(tenant, id);
    links.revoke(id, link);
    return Redirects.to(address(tenant, id), Done.REVOKED);
  }

  private static String address(String tenant, UUID id) {
    return ConnectionDetailPages.address(tenant, id) + "/setup-links";
  }
}
