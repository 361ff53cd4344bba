package io.gatehouse.portal;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.AuditController;
import io.gatehouse.admin.api.AuditController.Wanted;
import io.gatehouse.admin.api.AuditExportController;
import io.gatehouse.admin.api.AuditVerificationController;
import io.gatehouse.admin.api.ConnectionsController;
import io.gatehouse.admin.api.TenantLookup;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The audit log of a tenant, and the one of the gateway: search, export, verification. */
@Controller
final class AuditPages {

  private static final String VIEW = "portal/audit";
  private static final String GATEWAY = "/admin/audit";

  private final AuditController audit;
  private final AuditExportController exports;
  private final AuditVerificationController verification;
  private final ConnectionsController connections;
  private final TenantLookup tenantLookup;

  AuditPages(
      AuditController audit,
      AuditExportController exports,
      AuditVerificationController verification,
      ConnectionsController connections,
      TenantLookup tenantLookup) {
    this.audit = audit;
    this.exports = exports;
    this.verification = verification;
    this.connections = connections;
    this.tenantLookup = tenantLookup;
  }

  @Requires(Role.AUDITOR)
  @GetMapping("/admin/tenants/{tenant}/audit")
  String tenant(@PathVariable String tenant, AuditForm form, Model model) {
    tenantLookup.known(tenant);
    Wanted wanted = form.wanted(tenant);
    List<ConnectionsController.ConnectionView> known = connections.all(tenant);
    model.addAttribute("connections", known);
    return page(form, "/admin/tenants/" + tenant + "/audit", audit.audit(wanted), model);
  }

  @Requires(Role.AUDITOR)
  @PostMapping("/admin/tenants/{tenant}/audit/verify")
  String verifyTenant(@PathVariable String tenant, Model model) {
    tenantLookup.known(tenant);
    model.addAttribute("result", verification.verify(tenant));
    return tenant(tenant, AuditForm.EMPTY, model);
  }

  @Requires(Role.AUDITOR)
  @GetMapping("/admin/tenants/{tenant}/audit/export.csv")
  void tenantCsv(@PathVariable String tenant, AuditForm form, HttpServletResponse response)
      throws IOException {
    tenantLookup.known(tenant);
    exports.csv(form.wanted(tenant), response);
  }

  @Requires(Role.AUDITOR)
  @GetMapping("/admin/tenants/{tenant}/audit/export.ndjson")
  void tenantNdjson(@PathVariable String tenant, AuditForm form, HttpServletResponse response)
      throws IOException {
    tenantLookup.known(tenant);
    exports.ndjson(form.wanted(tenant), response);
  }

  @Requires(Role.AUDITOR)
  @GetMapping(GATEWAY)
  String gateway(AuditForm form, Model model) {
    model.addAttribute("connections", List.of());
    return page(form, GATEWAY, audit.gateway(form.wanted(null)), model);
  }

  @Requires(Role.AUDITOR)
  @PostMapping(GATEWAY + "/verify")
  String verifyGateway(Model model) {
    model.addAttribute("result", verification.verify(null));
    return gateway(AuditForm.EMPTY, model);
  }

  @Requires(Role.AUDITOR)
  @GetMapping(GATEWAY + "/export.csv")
  void gatewayCsv(AuditForm form, HttpServletResponse response) throws IOException {
    exports.csv(form.wanted(null), response);
  }

  @Requires(Role.AUDITOR)
  @GetMapping(GATEWAY + "/export.ndjson")
  void gatewayNdjson(AuditForm form, HttpServletResponse response) throws IOException {
    exports.ndjson(form.wanted(null), response);
  }

  private static String page(AuditForm form, String base, AuditController.Page found, Model model) {
    model.addAttribute("base", base);
    model.addAttribute("form", form);
    model.addAttribute("query", form.query(null));
    model.addAttribute("found", found);
    model.addAttribute("next", found.next() == null ? null : form.query(found.next()));
    return VIEW;
  }
}
