package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.ConnectionsController;
import io.gatehouse.admin.api.ConnectionsController.ConnectionChange;
import io.gatehouse.admin.api.ConnectionsController.ConnectionView;
import io.gatehouse.crypto.Digests;
import io.gatehouse.tenant.ApiAccess;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The settings of a connection. Secrets are written and never shown. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/connections/{id}/settings")
final class ConnectionSettingsPages {

  /** The field that says which settings the form was made for. */
  private static final String SEEN = "seen";

  private final TenantConnections tenantConnections;
  private final ConnectionsController connections;

  ConnectionSettingsPages(TenantConnections tenantConnections, ConnectionsController connections) {
    this.tenantConnections = tenantConnections;
    this.connections = connections;
  }

  @Requires(Role.ADMIN)
  @GetMapping
  ModelAndView form(@PathVariable String tenant, @PathVariable UUID id) {
    ConnectionView connection = tenantConnections.one(tenant, id);
    return page(connection, ConnectionSettingsForm.fields(connection.settings()));
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping
  ModelAndView save(
      @PathVariable String tenant, @PathVariable UUID id, @RequestParam Map<String, String> given) {
    ConnectionView connection = tenantConnections.one(tenant, id);
    String seen = given.get(SEEN);
    if (seen != null && !seen.equals(mark(connection))) {
      return again(
          connection,
          given,
          "The settings were changed meanwhile, and nothing was saved. Compare with the connection, and save again.");
    }
    try {
      connections.change(
          id,
          new ConnectionChange(new ConnectionSettingsForm(given, connection.settings()).change()));
    } catch (ErrorResponseException e) {
      return again(connection, given, e.getBody().getDetail());
    }
    return new ModelAndView(Redirects.to(ConnectionDetailPages.address(tenant, id), Done.SAVED));
  }

  /** The form as it was sent, without its secrets. */
  private static ModelAndView again(
      ConnectionView connection, Map<String, String> given, @Nullable String error) {
    ModelAndView page = page(connection, given);
    page.setStatus(HttpStatus.BAD_REQUEST);
    return page.addObject("error", error);
  }

  private static ModelAndView page(ConnectionView connection, Map<String, String> fields) {
    return new ModelAndView("portal/connection-settings")
        .addObject("connection", connection)
        .addObject("f", fields)
        .addObject("hasApi", ApiAccess.isFor(connection.idp()))
        .addObject("seen", mark(connection));
  }

  /** Differs after each change of the settings. */
  private static String mark(ConnectionView connection) {
    return Digests.sha256Hex(new TreeMap<>(connection.settings()).toString());
  }
}
