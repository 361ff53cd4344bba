package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.OpenToAll;
import io.gatehouse.access.Session;
import io.gatehouse.access.Sessions;
import io.gatehouse.security.AdministratorAuthentication;
import io.gatehouse.security.OidcSignIn;
import io.gatehouse.security.PortalPaths;
import io.gatehouse.security.PortalSignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.ModelAndViewDefiningException;

/**
 * Asks for the password before a sensitive act, and for a new one while the password is one that
 * was given out.
 */
final class PasswordInterceptor implements HandlerInterceptor {

  /** The field of the form that asks for the password. */
  private static final String FIELD = "_password";

  private final PortalSignIn portalSignIn;
  private final ObjectProvider<PortalModel> portalModel;
  private final Clock clock;

  PasswordInterceptor(
      PortalSignIn portalSignIn, ObjectProvider<PortalModel> portalModel, Clock clock) {
    this.portalModel = portalModel;
    this.portalSignIn = portalSignIn;
    this.clock = clock;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException, ModelAndViewDefiningException {
    if (!(handler instanceof HandlerMethod method)
        || !(SecurityContextHolder.getContext().getAuthentication()
            instanceof AdministratorAuthentication signedIn)
        || signedIn.session() == null
        || method.hasMethodAnnotation(OpenToAll.class)) {
      return true;
    }
    Session session = signedIn.session();
    if (session.account().mustChange()) {
      response.sendRedirect("/admin/password");
      return false;
    }
    if (method.hasMethodAnnotation(ConfirmsPassword.class)) {
      requireConfirmed(session, request);
    }
    return true;
  }

  private void requireConfirmed(Session session, HttpServletRequest request)
      throws ModelAndViewDefiningException {
    if (session.confirmedAt().plus(Sessions.CONFIRMED).isAfter(clock.instant())) {
      return;
    }
    if (session.account().password() == null) {
      throw new ModelAndViewDefiningException(signInAgain(request));
    }
    String given = request.getParameter(FIELD);
    if (given == null || !portalSignIn.confirm(session, given, request)) {
      throw new ModelAndViewDefiningException(form(request, given));
    }
  }

  /** An administrator of the OIDC provider proves there, anew, who it is. */
  private ModelAndView signInAgain(HttpServletRequest request) {
    ModelAndView page = new ModelAndView("portal/again", portalModel.getObject().frame(request));
    page.addObject("address", OidcSignIn.START);
    page.addObject("next", Redirects.within(before(request)));
    return page;
  }

  /** The page with the form, as the browser names it. */
  private static @Nullable String before(HttpServletRequest request) {
    String page = request.getHeader("Referer");
    return page == null ? null : PortalPaths.local(page);
  }

  /** The form that carries the fields of the first one. */
  private ModelAndView form(HttpServletRequest request, @Nullable String given) {
    Map<String, String[]> fields = new TreeMap<>(request.getParameterMap());
    fields.remove(FIELD);
    fields.remove("_csrf");
    ModelAndView page = new ModelAndView("portal/confirm", portalModel.getObject().frame(request));
    page.addObject("fields", fields);
    page.addObject("action", request.getRequestURI());
    page.addObject("wrong", given != null);
    return page;
  }
}
