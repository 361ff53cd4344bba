package io.gatehouse.portal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.ConnectionsController;
import io.gatehouse.admin.api.ConnectionsController.ConnectionChange;
import io.gatehouse.admin.api.ConnectionsController.ConnectionView;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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

/** The settings of a connection. Secrets are written and never shown. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/connections/{id}/settings")
final class ConnectionSettingsPages {

  private final TenantConnections tenantConnections;
  private final ConnectionsController connections;

  ConnectionSettingsPages(TenantConnections tenantConnections, ConnectionsController connections) {
    this.tenantConnections = tenantConnections;
    this.connections = connections;
  }

  @Requires(Role.ADMIN)
  @GetMapping
  String form(@PathVariable String tenant, @PathVariable UUID id, Model model) {
    ConnectionView connection = tenantConnections.one(tenant, id);
    model.addAttribute("connection", connection);
    model.addAttribute("s", connection.settings());
    model.addAttribute("limit", limit(connection));
    return "portal/connection-settings";
  }

  @Requires(Role.ADMIN)
  @PostMapping
  ModelAndView save(
      @PathVariable String tenant, @PathVariable UUID id, @RequestParam Map<String, String> given) {
    ConnectionView connection = tenantConnections.one(tenant, id);
    try {
      connections.change(id, new ConnectionChange(settings(given)));
    } catch (ErrorResponseException e) {
      return again(connection, given, e.getBody().getDetail());
    } catch (ScimException e) {
      return again(connection, given, e.refusal().detail());
    }
    return new ModelAndView(Redirects.to(ConnectionDetailPages.address(tenant, id), Done.SAVED));
  }

  /** The limit of the brake, where one is set. */
  private static Map<?, ?> limit(ConnectionView connection) {
    return connection.settings().get("brake") instanceof Map<?, ?> limit ? limit : Map.of();
  }

  private static ModelAndView again(
      ConnectionView connection, Map<String, String> given, @Nullable String error) {
    return new ModelAndView("portal/connection-settings", HttpStatus.BAD_REQUEST)
        .addObject("connection", connection)
        .addObject("s", given)
        .addObject("limit", given)
        .addObject("more", given.get("more"))
        .addObject("error", error);
  }

  /** A blank field removes a setting; a blank secret leaves it as it is. */
  private static Map<String, @Nullable Object> settings(Map<String, String> given) {
    Map<String, @Nullable Object> settings = new HashMap<>();
    settings.put("linking", text(given, "linking"));
    settings.put("membersReplace", text(given, "membersReplace"));
    String stable = text(given, "externalIdIsStable");
    settings.put("externalIdIsStable", stable == null ? null : (Object) stable.equals("true"));
    settings.put("rateLimit", number(given, "rateLimit"));
    settings.put("brake", brake(given));
    String secret = text(given, "webhookSecret");
    if (secret != null) {
      settings.put("webhookSecret", secret);
    }
    String more = text(given, "more");
    if (more != null) {
      ObjectNode tree = Json.object(more.getBytes(StandardCharsets.UTF_8));
      settings.putAll(Json.MAPPER.convertValue(tree, new TypeReference<Map<String, Object>>() {}));
    }
    return settings;
  }

  private static @Nullable Object brake(Map<String, String> given) {
    if ("off".equals(given.get("brake"))) {
      return "off";
    }
    Map<String, Object> limit = new HashMap<>();
    for (String name : new String[] {"minimum", "percent"}) {
      Object number = number(given, name);
      if (number != null) {
        limit.put(name, number);
      }
    }
    return limit.isEmpty() ? null : limit;
  }

  /** A number; other text stays as it is, so that the API says what is wrong. */
  private static @Nullable Object number(Map<String, String> given, String name) {
    String text = text(given, name);
    return text != null && text.matches("-?\\d{1,9}") ? Integer.valueOf(text) : text;
  }

  private static @Nullable String text(Map<String, String> given, String name) {
    String text = given.get(name);
    return text == null || text.isBlank() ? null : text.strip();
  }
}
