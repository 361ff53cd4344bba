package io.gatehouse.portal;

import io.gatehouse.access.Administrator;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.TenantLookup;
import io.gatehouse.security.AdministratorAuthentication;
import io.gatehouse.tenant.Connections.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.HandlerMapping;

/** What the layout shows on every page: the administrator, the tenants, the current one. */
@ControllerAdvice(basePackages = "io.gatehouse.portal")
final class PortalModel {

  private final TenantLookup tenantLookup;

  PortalModel(TenantLookup tenantLookup) {
    this.tenantLookup = tenantLookup;
  }

  /**
   * The frame of a page.
   *
   * @param name of the administrator; null before the sign-in
   * @param tenant slug of the tenant in the path; null on pages of the gateway
   * @param path of the page
   */
  record Frame(
      @Nullable String name,
      @Nullable Role role,
      boolean allTenants,
      List<Tenant> tenants,
      @Nullable String tenant,
      String path) {

    /** Whether the role of the administrator includes another one; for buttons. */
    public boolean may(String role) {
      return this.role != null && Role.of(role).filter(this.role::includes).isPresent();
    }

    /** The address of a page of the current tenant. */
    public String at(String page) {
      return "/admin/tenants/" + tenant + page;
    }

    /** Whether the page is below this address. */
    public boolean isAt(String address) {
      return path.equals(address) || path.startsWith(address + "/");
    }
  }

  /** The model of a page that no controller makes. */
  Map<String, Object> frame(HttpServletRequest request) {
    return Map.of("frame", frame(request, SecurityContextHolder.getContext().getAuthentication()));
  }

  @ModelAttribute("done")
  @Nullable String done(HttpServletRequest request) {
    return Done.text(request.getParameter("done"));
  }

  @ModelAttribute("frame")
  Frame frame(HttpServletRequest request, @Nullable Authentication authentication) {
    if (!(authentication instanceof AdministratorAuthentication signedIn)) {
      return new Frame(null, null, false, List.of(), null, request.getRequestURI());
    }
    Administrator administrator = signedIn.getPrincipal();
    List<Tenant> tenants = tenants();
    return new Frame(
        administrator.name(),
        administrator.role(),
        administrator.isOfAllTenants(),
        tenants,
        tenant(request, tenants),
        request.getRequestURI());
  }

  /** The tenants; none while the database is unavailable, so that the overview is shown. */
  private List<Tenant> tenants() {
    try {
      return tenantLookup.all();
    } catch (DataAccessException e) {
      return List.of();
    }
  }

  private static @Nullable String tenant(HttpServletRequest request, List<Tenant> tenants) {
    Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    Object slug = variables instanceof Map<?, ?> map ? map.get("tenant") : null;
    return slug != null ? slug.toString() : tenants.size() == 1 ? tenants.get(0).slug() : null;
  }
}
