package io.gatehouse.portal;

import io.gatehouse.admin.api.TenantLookup;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Answers 404 to a page of a tenant that the administrator does not control. */
final class TenantInterceptor implements HandlerInterceptor {

  private final ObjectProvider<TenantLookup> tenantLookup;

  TenantInterceptor(ObjectProvider<TenantLookup> tenantLookup) {
    this.tenantLookup = tenantLookup;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> variables
        && variables.get("tenant") instanceof String slug) {
      tenantLookup.getObject().known(slug);
    }
    return true;
  }
}
