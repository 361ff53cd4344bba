package io.gatehouse.portal;

import io.gatehouse.access.OpenToAll;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What is answered below {@code /admin} where there is no page, and at {@code /}. */
@Controller
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PortalFallback {

  private final PortalErrors portalErrors;

  PortalFallback(PortalErrors portalErrors) {
    this.portalErrors = portalErrors;
  }

  @OpenToAll
  @GetMapping({"/", "/admin/"})
  String home() {
    return Redirects.to("/admin");
  }

  /** An unknown address or method: a page in the portal, a problem elsewhere. */
  @ExceptionHandler({
    NoHandlerFoundException.class,
    NoResourceFoundException.class,
    HttpRequestMethodNotSupportedException.class
  })
  Object nothing(HttpServletRequest request, Exception e) {
    ErrorResponse answer = (ErrorResponse) e;
    HttpStatusCode status = answer.getStatusCode();
    return isPage(request.getRequestURI())
        ? portalErrors.page(request, status, "The portal has no such page.")
        : ResponseEntity.status(status).headers(answer.getHeaders()).body(answer.getBody());
  }

  private static boolean isPage(String path) {
    return path.startsWith("/admin/")
        && !path.startsWith("/admin/api/")
        && !path.startsWith("/admin/assets/");
  }

  /** Where the filters lead a form whose token against forgery is missing or old. */
  @OpenToAll
  @RequestMapping("/admin/sign-in/refused")
  ModelAndView refused(HttpServletRequest request) {
    return portalErrors.page(
        request,
        HttpStatusCode.valueOf(403),
        "This form is too old. Nothing was changed; open the page again, and send it once more.");
  }
}
