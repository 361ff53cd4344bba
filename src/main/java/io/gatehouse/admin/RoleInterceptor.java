package io.gatehouse.admin;

import io.gatehouse.access.OpenToAll;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.security.CurrentAdministrator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses calls of the admin API, and pages of the portal, that the role does not permit. */
final class RoleInterceptor implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method && !method.hasMethodAnnotation(OpenToAll.class)) {
      Requires needed = method.getMethodAnnotation(Requires.class);
      if (needed == null || !CurrentAdministrator.get().role().includes(needed.value())) {
        throw ProblemException.forbidden(
            "This needs the role %s."
                .formatted((needed == null ? Role.ADMIN : needed.value()).word()));
      }
    }
    return true;
  }
}
