package io.gatehouse.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Leeway;
import io.gatehouse.edge.AnswerForm;
import io.gatehouse.edge.Catalogues;
import io.gatehouse.edge.Credential;
import io.gatehouse.edge.Discovery;
import io.gatehouse.edge.Limits;
import io.gatehouse.edge.ListRequest;
import io.gatehouse.edge.Methods;
import io.gatehouse.edge.Mount;
import io.gatehouse.edge.Reads;
import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ScimException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
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

  /** The property of the exchange that has the media type of its answer, once a quirk decides. */
  static final String MEDIA_TYPE = "mediaType";

  private final Reads reads;
  private final Discovery discovery;
  private final Catalogues catalogues;

  Edge(Reads reads, Discovery discovery, Catalogues catalogues) {
    this.reads = reads;
    this.discovery = discovery;
    this.catalogues = catalogues;
  }

  /**
   * Reads a call off the wire, and says which way it goes on; the profile comes from the
   * credential.
   *
   * @throws ScimException when it is too large, of the wrong type or not JSON
   */
  void accept(Exchange exchange) throws IOException {
    Message message = exchange.getMessage();
    HttpServletRequest http = ((HttpMessage) message).getRequest();
    ScimRequest.Line line = line(http);
    ScimRequest request =
        new ScimRequest(client(http), line, conditions(http), body(http, line, message), List.of());
    message.removeHeaders("*");
    message.setBody(request);
    exchange.setProperty("idp", request.caller().actor());
    exchange.setProperty("way", Way.of(request.line()).word());
  }

  private ScimRequest.Client client(HttpServletRequest http) {
    Credential credential = (Credential) http.getAttribute(Credential.class.getName());
    Caller caller = credential.holder().caller();
    return new ScimRequest.Client(
        caller, credential.holder().settings(), catalogues.of(caller.tenant()), credential.seal());
  }

  private static ScimRequest.Conditions conditions(HttpServletRequest http) {
    return new ScimRequest.Conditions(
        http.getHeader("If-Match"),
        http.getHeader("If-None-Match"),
        AnswerForm.asked(http.getHeader("Prefer"), Collections.list(http.getHeaders("Accept"))),
        Leeway.NONE);
  }

  private static ScimRequest.Line line(HttpServletRequest http) {
    String path = Mount.below("/scim" + http.getPathInfo()).orElseThrow(Methods::unknown);
    Methods.require(http.getMethod(), path);
    Map<String, String> parameters = ListRequest.parameters(http.getParameterMap());
    String url = http.getRequestURL().toString();
    String base = url.substring(0, url.indexOf(Mount.PATH) + Mount.PATH.length());
    return new ScimRequest.Line(http.getMethod(), path, parameters, base);
  }

  private static ObjectNode body(HttpServletRequest http, ScimRequest.Line line, Message message)
      throws IOException {
    if (!Way.hasBody(line)) {
      return Json.object();
    }
    requireJson(http.getContentType());
    int limit = line.path().startsWith("Groups") ? Limits.MAX_GROUP_PAYLOAD : Limits.MAX_PAYLOAD;
    try (InputStream in = message.getBody(InputStream.class)) {
      byte[] bytes = in == null ? new byte[0] : in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new ScimException(
            new Refusal(
                413, null, "The body is larger than maxPayloadSize (" + limit + " bytes)."));
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
    return discovery.answer(request).orElseGet(() -> reads.answer(request));
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
      message.setHeader(
          Exchange.CONTENT_TYPE,
          exchange.getProperty(MEDIA_TYPE, ScimAnswer.MEDIA_TYPE, String.class));
      message.setBody(Json.text(body).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  void answer(Exchange exchange) throws InvalidPayloadException {
    write(exchange, exchange.getMessage().getMandatoryBody(ScimAnswer.class));
  }
}
