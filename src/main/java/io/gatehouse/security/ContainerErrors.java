package io.gatehouse.security;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers the errors of the container, such as an unknown path, in the form of the protocol in use.
 */
@RestController
final class ContainerErrors implements ErrorController {

  @RequestMapping("/error")
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    HttpStatus status =
        Optional.ofNullable((Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
            .map(HttpStatus::resolve)
            .orElse(HttpStatus.NOT_FOUND);
    String uri = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    if (status == HttpStatus.METHOD_NOT_ALLOWED && ErrorResponses.isScim(uri)) {
      Object method = request.getAttribute(RequestDispatcher.ERROR_METHOD);
      ErrorResponses.write(response, ErrorResponses.toMethod(String.valueOf(method), uri));
    } else {
      ErrorResponses.error(response, uri, status, status.getReasonPhrase() + ".");
    }
  }
}
