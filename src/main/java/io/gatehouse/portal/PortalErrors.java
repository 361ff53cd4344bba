package io.gatehouse.portal;

import io.gatehouse.broker.BrokerUnavailableException;
import io.gatehouse.http.RetryAfter;
import io.gatehouse.scim.ScimException;
import io.gatehouse.store.LostRaceException;
import io.gatehouse.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** Shows what the admin API would answer as a page that says what to do. */
@ControllerAdvice(basePackages = "io.gatehouse.portal")
final class PortalErrors {

  private static final Logger LOG = LoggerFactory.getLogger(PortalErrors.class);

  private final PortalModel portalModel;

  PortalErrors(PortalModel portalModel) {
    this.portalModel = portalModel;
  }

  @ExceptionHandler({
    DataAccessException.class,
    TransactionException.class,
    LostRaceException.class,
    StoreUnavailableException.class,
    BrokerUnavailableException.class
  })
  ModelAndView outage(HttpServletRequest request, HttpServletResponse response, Exception e) {
    response.setHeader(RetryAfter.HEADER, RetryAfter.SOON);
    LOG.warn("A page of the portal failed", e);
    String what =
        e instanceof BrokerUnavailableException
            ? "The message broker is not available."
            : "The database is not available.";
    String next =
        request.getMethod().equals("GET")
            ? " The overview shows when it is back; then open this page again."
            : " It is not certain whether this was done: look at the page of it before you try again.";
    return page(request, HttpStatus.SERVICE_UNAVAILABLE, what + next);
  }

  @ExceptionHandler(ScimException.class)
  ModelAndView refusal(HttpServletRequest request, ScimException e) {
    return page(request, HttpStatus.valueOf(e.refusal().status()), e.refusal().detail());
  }

  /** A part of an address, such as an id, that is none; or a field of a form. */
  @ExceptionHandler(TypeMismatchException.class)
  ModelAndView address(HttpServletRequest request, TypeMismatchException e) {
    if (e instanceof MethodArgumentTypeMismatchException argument
        && argument.getParameter().hasParameterAnnotation(RequestParam.class)) {
      return page(
          request,
          HttpStatus.BAD_REQUEST,
          "The value of '" + argument.getName() + "' is not understood.");
    }
    return page(request, HttpStatus.NOT_FOUND, "There is no page with this address.");
  }

  @ExceptionHandler(Exception.class)
  ModelAndView other(HttpServletRequest request, Exception e) {
    if (e instanceof ErrorResponse response) {
      return page(request, response.getStatusCode(), response.getBody().getDetail());
    }
    if (e instanceof TypeMismatchException || e instanceof ServletRequestBindingException) {
      return page(request, HttpStatus.BAD_REQUEST, "A value in the address is not understood.");
    }
    LOG.error("A page of the portal failed", e);
    return page(
        request, HttpStatus.INTERNAL_SERVER_ERROR, "The gateway failed; the reason is in its log.");
  }

  /** A page that says what is wrong. */
  ModelAndView page(HttpServletRequest request, HttpStatusCode status, @Nullable String detail) {
    ModelAndView page = new ModelAndView("portal/error", portalModel.frame(request), status);
    page.addObject("status", status.value());
    page.addObject("detail", detail);
    return page;
  }
}
