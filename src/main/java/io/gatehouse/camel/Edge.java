package io.gatehouse.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.edge.Reads;
import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ScimException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;
import org.springframework.stereotype.Component;

/**
 * The two ends of a SCIM route: HTTP to {@link ScimRequest}, {@link ScimAnswer} to HTTP. No header
 * passes either.
 */
@Component("edge")
final class Edge {

  private static final int MAX_BODY = 1024 * 1024;
  private static final String MOUNT = "/scim/v2";

  private final Reads reads;

  Edge(Reads reads) {
    this.reads = reads;
  }

  /**
   * Reads a call off the wire, and names the profile by which the route goes on; it comes from the
   * credential.
   *
   * @throws ScimException when it is too large, of the wrong type or not JSON
   */
  void accept(Exchange exchange) throws IOException, InvalidPayloadException {
    Message message = exchange.getMessage();
    HttpServletRequest http = ((HttpMessage) message).getRequest();
    ScimRequest request =
        new ScimRequest(
            (Caller) http.getAttribute(Caller.class.getName()),
            line(http),
            new ScimRequest.Conditions(http.getHeader("If-Match"), http.getHeader("If-None-Match")),
            body(http, message),
            List.of());
    message.removeHeaders("*");
    message.setBody(request);
    exchange.setProperty("idp", request.idp());
  }

  private static ScimRequest.Line line(HttpServletRequest http) {
    String path = http.getPathInfo().substring("/v2".length());
    Map<String, String> parameters = new HashMap<>();
    http.getParameterMap().forEach((name, values) -> parameters.put(name, values[0]));
    String url = http.getRequestURL().toString();
    String base = url.substring(0, url.indexOf(MOUNT) + MOUNT.length());
    return new ScimRequest.Line(http.getMethod(), trimmed(path), parameters, base);
  }

  /** {@code /Users/} is {@code Users} (checklist A28). */
  private static String trimmed(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    return inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
  }

  private static ObjectNode body(HttpServletRequest http, Message message)
      throws IOException, InvalidPayloadException {
    if (!List.of("POST", "PUT", "PATCH").contains(http.getMethod())) {
      return Json.object();
    }
    requireJson(http.getContentType());
    try (InputStream in = message.getMandatoryBody(InputStream.class)) {
      byte[] bytes = in.readNBytes(MAX_BODY + 1);
      if (bytes.length > MAX_BODY) {
        throw new ScimException(
            new Refusal(413, null, "The body is larger than " + MAX_BODY + " bytes."));
      }
      return Json.object(bytes);
    }
  }

  private static void requireJson(String contentType) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    if (!List.of("", "application/json", ScimAnswer.MEDIA_TYPE)
        .contains(type.toLowerCase(Locale.ROOT))) {
      throw new ScimException(
          new Refusal(415, null, "The body must be application/scim+json, not " + type + "."));
    }
  }

  ScimAnswer read(ScimRequest request) {
    return reads.answer(request);
  }

  /** Writes an answer to the wire. */
  static void write(Exchange exchange, ScimAnswer answer) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
    answer.headers().forEach(message::setHeader);
    ObjectNode body = answer.body();
    if (body == null) {
      message.setBody(null);
    } else {
      message.setHeader(Exchange.CONTENT_TYPE, ScimAnswer.MEDIA_TYPE);
      message.setBody(Json.text(body).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  void answer(Exchange exchange) throws InvalidPayloadException {
    write(exchange, exchange.getMessage().getMandatoryBody(ScimAnswer.class));
  }
}
