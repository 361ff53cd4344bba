package io.gatehouse.security;

import io.gatehouse.edge.AllowedMethods;
import io.gatehouse.edge.ScimBasePath;
import io.gatehouse.edge.ScimResponse;
import io.gatehouse.http.RetryAfter;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import io.gatehouse.server.RefusedBodyException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Writes errors in the form of the protocol, for requests that reach no route or controller. */
public final class ErrorResponses {

  private static final String PROBLEM = "application/problem+json";

  private ErrorResponses() {}

  static void write(HttpServletResponse response, ScimResponse answer) throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    if (answer.body() != null) {
      write(response, answer.status(), ScimResponse.MEDIA_TYPE, Json.text(answer.body()));
    }
  }

  public static void problem(HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    String body =
        Json.text(
            Json.object()
                .put("title", status.getReasonPhrase())
                .put("status", status.value())
                .put("detail", detail));
    write(response, status.value(), PROBLEM, body);
  }

  /** Writes an error in the form of the protocol of this URI: SCIM or problem+json. */
  static void error(
      HttpServletResponse response, @Nullable String uri, HttpStatus status, String detail)
      throws IOException {
    if (isScim(uri)) {
      write(response, ScimResponse.refusal(new ScimError(status.value(), null, detail)));
    } else {
      problem(response, status, detail);
    }
  }

  /**
   * Answers a request whose body is not read to its end; a slow client also loses its connection.
   * After a failed read, Tomcat lets only {@link ContainerReports} write the answer.
   */
  static void refuse(
      HttpServletRequest request, HttpServletResponse response, RefusedBodyException e)
      throws IOException {
    e.about(request);
    if (response.isCommitted()) {
      return;
    }
    HttpStatus status = HttpStatus.valueOf(e.status());
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      response.setHeader(RetryAfter.HEADER, RetryAfter.SOON);
    } else if (status == HttpStatus.REQUEST_TIMEOUT) {
      response.setHeader("Connection", "close");
    }
    error(response, request.getRequestURI(), status, String.valueOf(e.getMessage()));
  }

  /** The answer to a method that the SCIM address does not serve. */
  static ScimResponse toMethod(String method, String uri) {
    try {
      String allow =
          ScimBasePath.below(uri).map(AllowedMethods::allowed).orElseThrow(AllowedMethods::unknown);
      return method.equals("OPTIONS")
          ? new ScimResponse(204, Map.of("Allow", allow + ", OPTIONS"), null)
          : ScimResponse.refusal(ScimError.methodNotAllowed(allow));
    } catch (ScimException e) {
      return ScimResponse.refusal(e.refusal());
    }
  }

  /**
   * Whether a raw URI belongs to SCIM. A URI that cannot be classified counts as SCIM, because IdPs
   * parse error bodies and other clients do not.
   */
  static boolean isScim(@Nullable String uri) {
    if (uri == null || !uri.startsWith("/")) {
      return true;
    }
    String first = uri.substring(1).split("/", 2)[0];
    return first.equals("scim") || first.contains("%");
  }

  private static void write(HttpServletResponse response, int status, String type, String body)
      throws IOException {
    response.setStatus(status);
    response.setHeader("Content-Type", type);
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
