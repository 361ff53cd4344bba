package io.gatehouse.security;

import io.gatehouse.access.Session;
import io.gatehouse.command.Origin;
import io.gatehouse.command.OriginScope;
import io.gatehouse.command.TraceParent;
import io.gatehouse.signin.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Where requests come from, and why, for the audit log. */
@Component
public final class RequestOrigins {

  /** The header, and the field of a form, with the reason of an administrator. */
  static final String REASON_HEADER = "Gatehouse-Reason";

  private static final String REASON_FIELD = "reason";
  private static final int MAX_REASON = 500;

  private final ClientAddresses addresses;

  RequestOrigins(ClientAddresses addresses) {
    this.addresses = addresses;
  }

  /** The origin of a request of a connection. */
  public Origin of(HttpServletRequest request) {
    return new Origin(
        address(request), ScimAuthentication.credential(request), null, traceparent(request));
  }

  /**
   * The origin of the request of an administrator that this thread works on or for, if any; see
   * {@link OriginScope}.
   */
  public Optional<Origin> current() {
    return OriginScope.current().or(this::received);
  }

  private Optional<Origin> received() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes it
            && SecurityContextHolder.getContext().getAuthentication()
                instanceof AdministratorAuthentication administrator
        ? Optional.of(
            new Origin(
                address(it.getRequest()),
                credential(administrator),
                reason(it.getRequest()),
                traceparent(it.getRequest())))
        : Optional.empty();
  }

  private static @Nullable String traceparent(HttpServletRequest request) {
    return TraceParent.valid(request.getHeader(TraceParent.NAME));
  }

  private String address(HttpServletRequest request) {
    return addresses.client(
        request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
  }

  private static @Nullable String credential(AdministratorAuthentication administrator) {
    Session session = administrator.session();
    if (session != null) {
      return "session " + session.id();
    }
    return administrator.getPrincipal().id() == null
        ? "admin token"
        : administrator.getPrincipal().name() + " " + administrator.getPrincipal().id();
  }

  private static @Nullable String reason(HttpServletRequest request) {
    String header = request.getHeader(REASON_HEADER);
    String given = header == null ? request.getParameter(REASON_FIELD) : header;
    if (given == null || given.isBlank()) {
      return null;
    }
    String text = given.strip().replaceAll("\\p{Cntrl}", " ");
    return text.codePointCount(0, text.length()) <= MAX_REASON
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_REASON));
  }
}
