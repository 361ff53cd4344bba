package io.gatehouse.security;

import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.scim.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;

/** Errors in the protocol's own form, for those that never reach a route or a controller. */
final class Answers {

  private static final String PROBLEM = "application/problem+json";

  private Answers() {}

  static void write(HttpServletResponse response, ScimAnswer answer) throws IOException {
    answer.headers().forEach(response::setHeader);
    if (answer.body() != null) {
      write(response, answer.status(), ScimAnswer.MEDIA_TYPE, Json.text(answer.body()));
    }
  }

  static void problem(HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    String body =
        Json.text(
            Json.object()
                .put("title", status.getReasonPhrase())
                .put("status", status.value())
                .put("detail", detail));
    write(response, status.value(), PROBLEM, body);
  }

  static boolean isScim(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/scim");
  }

  private static void write(HttpServletResponse response, int status, String type, String body)
      throws IOException {
    response.setStatus(status);
    response.setHeader("Content-Type", type);
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
