package io.gatehouse.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.FairShares;
import io.gatehouse.command.Leeway;
import io.gatehouse.edge.AnswerForm;
import io.gatehouse.edge.Catalogues;
import io.gatehouse.edge.Credential;
import io.gatehouse.edge.Discovery;
import io.gatehouse.edge.ListRequest;
import io.gatehouse.edge.Methods;
import io.gatehouse.edge.Mount;
import io.gatehouse.edge.PublicUrl;
import io.gatehouse.edge.Reads;
import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ScimException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;
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
  private final FairShares shares;
  private final PublicUrl publicUrl;

  Edge(
      Reads reads,
      Discovery discovery,
      Catalogues catalogues,
      FairShares shares,
      PublicUrl publicUrl) {
    this.reads = reads;
    this.discovery = discovery;
    this.catalogues = catalogues;
    this.shares = shares;
    this.publicUrl = publicUrl;
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
        new ScimRequest(client(http), line, conditions(http), body(http, line), List.of());
    message.removeHeaders("*");
    message.setBody(request);
    exchange.setProperty("idp", request.caller().actor());
    exchange.setProperty("way", Way.of(request.line()).word());
  }

  private ScimRequest.Client client(HttpServletRequest http) {
    Credential credential = (Credential) http.getAttribute(Credential.class.getName());
    Caller caller = credential.holder().caller();
    return new ScimRequest.Client(
        caller,
        credential.holder().settings(),
        catalogues.of(caller.tenant()),
        credential.seal(),
        HeardAnswers.call(http));
  }

  private static ScimRequest.Conditions conditions(HttpServletRequest http) {
    return new ScimRequest.Conditions(
        http.getHeader("If-Match"),
        http.getHeader("If-None-Match"),
        AnswerForm.asked(http.getHeader("Prefer"), Collections.list(http.getHeaders("Accept"))),
        Leeway.NONE);
  }

  private ScimRequest.Line line(HttpServletRequest http) {
    String path = Mount.below("/scim" + http.getPathInfo()).orElseThrow(Methods::unknown);
    Methods.require(http.getMethod(), path);
    Map<String, String> parameters = ListRequest.parameters(http.getParameterMap());
    String url = http.getRequestURL().toString();
    String base = publicUrl.base(url.substring(0, url.indexOf(Mount.PATH))) + Mount.PATH;
    return new ScimRequest.Line(http.getMethod(), path, parameters, base);
  }

  /** The door has read it, and bounded it. */
  private static ObjectNode body(HttpServletRequest http, ScimRequest.Line line)
      throws IOException {
    if (!Way.hasBody(line)) {
      return Json.object();
    }
    requireJson(http.getContentType());
    return Json.object(http.getInputStream().readAllBytes());
  }

  private static void requireJson(String contentType) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    if (!List.of("", "application/json", ScimAnswer.MEDIA_TYPE)
        .contains(type.toLowerCase(Locale.ROOT))) {
      throw new ScimException(
          new Refusal(415, null, "The body must be application/scim+json, not " + type + "."));
    }
  }

  /**
   * Answers a read. It is written out before its place is given back, since members and long pages
   * are read from the database meanwhile.
   */
  void read(ScimRequest request, Exchange exchange) throws IOException {
    Optional<ScimAnswer> discovered = discovery.answer(request);
    if (discovered.isPresent()) {
      write(exchange, discovered.get());
      return;
    }
    try (FairShares.Place place =
        shares.take(request.caller(), false).orElseThrow(Edge::tooManyReads)) {
      write(exchange, reads.answer(request));
    }
  }

  private static ScimException tooManyReads() {
    return new ScimException(
        Refusal.unavailable("The tenant has as many searches under way as allowed; ask again."));
  }

  /** Writes an answer to the wire. */
  static void write(Exchange exchange, ScimAnswer answer) throws IOException {
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
      message.setBody(content(exchange, body));
    }
  }

  /** Written before the first byte is sent, so that what fails meanwhile is an error answer. */
  private static Object content(Exchange exchange, ObjectNode body) throws IOException {
    AnswerBuffer buffer = new AnswerBuffer();
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                IOHelper.close(buffer);
              }
            });
    Json.write(body, buffer);
    if (exchange.getMessage() instanceof HttpMessage http) {
      http.getResponse().setContentLengthLong(buffer.size());
    }
    return buffer.content();
  }

  /** Writes the answer to a write or a bulk request; that to a read is written already. */
  void answer(Exchange exchange) throws IOException {
    if (exchange.getMessage().getBody() instanceof ScimAnswer answer) {
      write(exchange, answer);
    }
  }
}
