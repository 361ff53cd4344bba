package io.gatehouse.portal;

import io.gatehouse.access.Administrator;
import io.gatehouse.access.Role;
import io.gatehouse.security.AdministratorAuthentication;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.HandlerMapping;

/** What the layout shows on every page: the administrator, the tenants, the current one. */
@ControllerAdvice(basePackages = "io.gatehouse.portal")
final class PortalModel {

  private final Connections connections;

  /** Each page asks for the tenants, so that an outage is to be noticed soon. */
  PortalModel(@Qualifier("quickConnections") Connections connections) {
    this.connections = connections;
  }

  /**
   * The frame of a page.
   *
   * @param name of the administrator; null before the sign-in
   * @param known whether the tenants could be read
   * @param tenant slug of the tenant in the path; null on pages of the gateway
   * @param path of the page
   */
  record Frame(
      @Nullable String name,
      @Nullable Role role,
      boolean allTenants,
      boolean known,
      List<Tenant> tenants,
      @Nullable String tenant,
      String path) {

    /** Whether the role of the administrator includes another one; for buttons. */
    public boolean may(String role) {
      return this.role != null && Role.of(role).filter(this.role::includes).isPresent();
    }

    /** The name of the current tenant; null on pages of the gateway. */
    public @Nullable String tenantName() {
      return tenants.stream()
          .filter(it -> it.slug().equals(tenant))
          .map(Tenant::name)
          .findFirst()
          .orElse(tenant);
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
      return new Frame(null, null, false, false, List.of(), null, request.getRequestURI());
    }
    Administrator administrator = signedIn.getPrincipal();
    Optional<List<Tenant>> read = tenants(administrator);
    List<Tenant> tenants = read.orElse(List.of());
    return new Frame(
        administrator.name(),
        administrator.role(),
        administrator.isOfAllTenants(),
        read.isPresent(),
        tenants,
        tenant(request, tenants),
        request.getRequestURI());
  }

  /** The tenants; empty while the database is unavailable, so that the overview is shown. */
  private Optional<List<Tenant>> tenants(Administrator administrator) {
    try {
      return Optional.of(
          connections.tenants().stream().filter(it -> administrator.isOf(it.id())).toList());
    } catch (DataAccessException | StoreUnavailableException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String tenant(HttpServletRequest request, List<Tenant> tenants) {
    Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    Object slug = variables instanceof Map<?, ?> map ? map.get("tenant") : null;
    return slug != null ? slug.toString() : tenants.size() == 1 ? tenants.get(0).slug() : null;
  }
}
