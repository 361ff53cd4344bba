package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.BrakeController;
import io.gatehouse.admin.api.BrakeView;
import io.gatehouse.admin.api.ConnectionTokensController;
import io.gatehouse.admin.api.ConnectionsController;
import io.gatehouse.admin.api.ConnectionsController.ConnectionView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One connection: its state, tokens and brake, and its removal. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/connections/{id}")
final class ConnectionDetailPages {

  private final TenantConnections tenantConnections;
  private final ConnectionsController connections;
  private final ConnectionTokensController tokens;
  private final BrakeController brakes;

  ConnectionDetailPages(
      TenantConnections tenantConnections,
      ConnectionsController connections,
      ConnectionTokensController tokens,
      BrakeController brakes) {
    this.tenantConnections = tenantConnections;
    this.connections = connections;
    this.tokens = tokens;
    this.brakes = brakes;
  }

  @Requires(Role.VIEWER)
  @GetMapping
  String page(
      @PathVariable String tenant,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    ConnectionView connection = tenantConnections.one(tenant, id);
    BrakeView brake = brakes.brake(id);
    model.addAttribute("connection", connection);
    model.addAttribute("signals", connections.signals(id));
    model.addAttribute("brake", brake);
    model.addAttribute("wave", brakes.users(id, cursor, null));
    model.addAttribute("advice", Advice.of(connection.lastError(), brake.state()));
    return "portal/connection";
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/tokens")
  String rotate(@PathVariable String tenant, @PathVariable UUID id, Model model) {
    model.addAttribute("connection", tenantConnections.one(tenant, id));
    model.addAttribute("token", tokens.rotate(id).token());
    return "portal/connection-token";
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/tokens/{token}/revoke")
  String revoke(@PathVariable String tenant, @PathVariable UUID id, @PathVariable UUID token) {
    tenantConnections.one(tenant, id);
    tokens.revoke(id, token);
    return Redirects.to(address(tenant, id), Done.TOKEN_REVOKED);
  }

  @Requires(Role.OPERATOR)
  @ConfirmsPassword
  @PostMapping("/brake/allow")
  String allow(@PathVariable String tenant, @PathVariable UUID id) {
    tenantConnections.one(tenant, id);
    brakes.allow(id);
    return Redirects.to(address(tenant, id), Done.WAVE_ALLOWED);
  }

  @Requires(Role.OPERATOR)
  @ConfirmsPassword
  @PostMapping("/brake/reject")
  String reject(@PathVariable String tenant, @PathVariable UUID id) {
    tenantConnections.one(tenant, id);
    brakes.reject(id);
    return Redirects.to(address(tenant, id), Done.WAVE_REJECTED);
  }

  @Requires(Role.ADMIN)
  @GetMapping("/remove")
  String askRemoval(@PathVariable String tenant, @PathVariable UUID id, Model model) {
    model.addAttribute("connection", tenantConnections.one(tenant, id));
    return "portal/connection-remove";
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/remove")
  String remove(@PathVariable String tenant, @PathVariable UUID id) {
    tenantConnections.one(tenant, id);
    connections.remove(id);
    return Redirects.to("/admin/tenants/" + tenant + "/connections", Done.REMOVED);
  }

  static String address(String tenant, UUID id) {
    return "/admin/tenants/" + tenant + "/connections/" + id;
  }
}
