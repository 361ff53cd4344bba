package io.gatehouse.portal;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.explain.ExplainController;
import io.gatehouse.admin.explain.GivenRequest;
import io.gatehouse.scim.ScimException;
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
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Explains a request that an IdP has sent or would send. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/explain")
final class ExplainPages {

  private static final String VIEW = "portal/explain";

  private final TenantConnections tenantConnections;
  private final ExplainController explain;

  ExplainPages(TenantConnections tenantConnections, ExplainController explain) {
    this.tenantConnections = tenantConnections;
    this.explain = explain;
  }

  /** The form; a page that leads here may have filled in a part of it. */
  @Requires(Role.OPERATOR)
  @GetMapping
  String form(@PathVariable String tenant, @RequestParam Map<String, String> given, Model model) {
    model.addAttribute("connections", tenantConnections.of(tenant));
    model.addAttribute("given", given);
    return VIEW;
  }

  @Requires(Role.OPERATOR)
  @PostMapping
  ModelAndView explain(@PathVariable String tenant, @RequestParam Map<String, String> given) {
    ModelAndView page = new ModelAndView(VIEW);
    page.addObject("connections", tenantConnections.of(tenant)).addObject("given", given);
    try {
      UUID id = tenantConnections.one(tenant, connection(given.get("connection"))).id();
      GivenRequest request =
          new GivenRequest(given.get("method"), given.get("path"), given.get("body"));
      return page.addObject("explanation", explain.explain(id, request));
    } catch (ErrorResponseException e) {
      page.setStatus(e.getStatusCode());
      return page.addObject("error", e.getBody().getDetail());
    } catch (ScimException e) {
      page.setStatus(HttpStatus.BAD_REQUEST);
      return page.addObject("error", e.refusal().detail());
    }
  }

  private static UUID connection(@Nullable String id) {
    try {
      return UUID.fromString(id == null ? "" : id);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "Choose the connection that the request comes by.");
    }
  }
}
