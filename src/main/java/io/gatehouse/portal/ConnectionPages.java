package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.ConnectionsController;
import io.gatehouse.admin.api.ConnectionsController.ConnectionView;
import io.gatehouse.admin.api.ConnectionsController.NewConnection;
import io.gatehouse.admin.api.ConnectionsController.NewConnectionView;
import io.gatehouse.admin.api.IdpsController;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The list of connections, and the wizard for a new one. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/connections")
final class ConnectionPages {

  private static final int SECRET_BYTES = 24;

  private final TenantConnections tenantConnections;
  private final ConnectionsController connections;
  private final IdpsController idps;
  private final GuideText guides;
  private final SecureRandom random = new SecureRandom();

  ConnectionPages(
      TenantConnections tenantConnections,
      ConnectionsController connections,
      IdpsController idps,
      GuideText guides) {
    this.tenantConnections = tenantConnections;
    this.connections = connections;
    this.idps = idps;
    this.guides = guides;
  }

  @Requires(Role.VIEWER)
  @GetMapping
  String list(@PathVariable String tenant, Model model) {
    model.addAttribute("connections", tenantConnections.of(tenant));
    return "portal/connections";
  }

  @Requires(Role.ADMIN)
  @GetMapping("/new")
  String form(@PathVariable String tenant, Model model) {
    tenantConnections.of(tenant);
    model.addAttribute("idps", idps.all());
    return "portal/connection-new";
  }

  /** Shows the token and the webhook secret once; the page is no redirect, so that it has them. */
  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/new")
  ModelAndView add(
      @PathVariable String tenant, @RequestParam String idp, @RequestParam String name) {
    if (tenantConnections.of(tenant).stream().anyMatch(it -> it.name().equals(name.strip()))) {
      return again(idp, name, "There is a connection of this name already. Choose another name.");
    }
    String secret =
        idps.all().stream().anyMatch(it -> it.name().equals(idp) && it.webhooks())
            ? secret()
            : null;
    NewConnectionView made;
    try {
      made = connections.add(new NewConnection(tenant, name.strip(), idp, settings(secret)));
    } catch (ErrorResponseException e) {
      return again(idp, name, e.getBody().getDetail());
    }
    ConnectionView connection = connections.one(made.id());
    return new ModelAndView("portal/connection-made")
        .addObject("connection", connection)
        .addObject("token", made.token())
        .addObject("secret", secret)
        .addObject("guide", guides.of(connection));
  }

  /** The form as it was sent. A form that is sent twice makes one connection. */
  private ModelAndView again(String idp, String name, @Nullable String error) {
    return new ModelAndView("portal/connection-new", HttpStatus.BAD_REQUEST)
        .addObject("idps", idps.all())
        .addObject("error", error)
        .addObject("name", name)
        .addObject("idp", idp);
  }

  private static Map<String, Object> settings(@Nullable String secret) {
    return secret == null ? Map.of() : Map.of("webhookSecret", secret);
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The part of a page that waits for the first call. */
  @Requires(Role.VIEWER)
  @GetMapping("/{id}/waiting")
  String waiting(@PathVariable String tenant, @PathVariable UUID id, Model model) {
    model.addAttribute("connection", tenantConnections.one(tenant, id));
    return "portal/connection-parts :: waiting";
  }

  /** The guide with the values of a connection. */
  @Requires(Role.VIEWER)
  @GetMapping("/{id}/guide")
  String guide(@PathVariable String tenant, @PathVariable UUID id, Model model) {
    ConnectionView connection = tenantConnections.one(tenant, id);
    model.addAttribute("connection", connection);
    model.addAttribute("guide", guides.of(connection));
    return "portal/connection-guide";
  }
}
