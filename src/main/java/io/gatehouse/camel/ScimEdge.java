package io.gatehouse.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.FairShares;
import io.gatehouse.command.Leeway;
import io.gatehouse.edge.AllowedMethods;
import io.gatehouse.edge.DiscoveryHandler;
import io.gatehouse.edge.ListRequest;
import io.gatehouse.edge.PublicUrl;
import io.gatehouse.edge.RateExceededException;
import io.gatehouse.edge.ReadHandler;
import io.gatehouse.edge.ResponsePreferences;
import io.gatehouse.edge.ScimBasePath;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.edge.ScimResponse;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import io.gatehouse.security.RequestOrigins;
import io.gatehouse.tenant.TenantSchemas;
import io.gatehouse.tenant.VerifiedCredential;
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
 * The two ends of a SCIM route: HTTP to {@link ScimRequest}, {@link ScimResponse} to HTTP. No
 * header is copied in either direction.
 */
@Component("scimEdge")
final class ScimEdge {

  /** Name of the exchange property with the media type of the answer, which a quirk may set. */
  static final String MEDIA_TYPE = "mediaType";

  private final ReadHandler readHandler;
  private final DiscoveryHandler discoveryHandler;
  private final TenantSchemas tenantSchemas;
  private final FairShares shares;
  private final PublicUrl publicUrl;
  private final RequestOrigins origins;

  ScimEdge(
      ReadHandler readHandler,
      DiscoveryHandler discoveryHandler,
      TenantSchemas tenantSchemas,
      FairShares shares,
      PublicUrl publicUrl,
      RequestOrigins origins) {
    this.readHandler = readHandler;
    this.discoveryHandler = discoveryHandler;
    this.tenantSchemas = tenantSchemas;
    this.shares = shares;
    this.publicUrl = publicUrl;
    this.origins = origins;
  }

  /**
   * Reads an HTTP request and sets the route that handles it. The profile of the IdP comes from the
   * credential.
   *
   * @throws ScimException when the body is too large, of the wrong type or not JSON
   */
  void accept(Exchange exchange) throws IOException {
    Message message = exchange.getMessage();
    HttpServletRequest http = ((HttpMessage) message).getRequest();
    exchange.setProperty(RateExceededException.WAIT, http.getAttribute(RateExceededException.WAIT));
    ScimRequest.Line line = line(http);
    ScimRequest request =
        new ScimRequest(client(http), line, conditions(http), body(http, line), List.of());
    message.removeHeaders("*");
    message.setBody(request);
    exchange.setProperty("idp", request.caller().actor());
    exchange.setProperty("way", RequestKind.of(request.line()).word());
  }

  private ScimRequest.Client client(HttpServletRequest http) {
    VerifiedCredential credential =
        (VerifiedCredential) http.getAttribute(VerifiedCredential.class.getName());
    Caller caller = credential.holder().caller();
    return new ScimRequest.Client(
        caller,
        credential.holder().settings(),
        tenantSchemas.of(caller.tenant()),
        credential.cursorKey(),
        WrittenResponsesFilter.call(http),
        origins.of(http));
  }

  private static ScimRequest.Conditions conditions(HttpServletRequest http) {
    return new ScimRequest.Conditions(
        http.getHeader("If-Match"),
        http.getHeader("If-None-Match"),
        ResponsePreferences.asked(
            http.getHeader("Prefer"), Collections.list(http.getHeaders("Accept"))),
        Leeway.NONE);
  }

  private ScimRequest.Line line(HttpServletRequest http) {
    String path =
        ScimBasePath.below("/scim" + http.getPathInfo()).orElseThrow(AllowedMethods::unknown);
    AllowedMethods.require(http.getMethod(), path);
    Map<String, String> parameters = ListRequest.parameters(http.getParameterMap());
    String url = http.getRequestURL().toString();
    String base =
        publicUrl.base(url.substring(0, url.indexOf(ScimBasePath.PATH))) + ScimBasePath.PATH;
    return new ScimRequest.Line(http.getMethod(), path, parameters, base);
  }

  /** The body, which the servlet filter has read and bounded. */
  private static ObjectNode body(HttpServletRequest http, ScimRequest.Line line)
      throws IOException {
    if (!RequestKind.hasBody(line)) {
      return Json.object();
    }
    requireJson(http.getContentType());
    return Json.object(http.getInputStream().readAllBytes());
  }

  private static void requireJson(String contentType) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    if (!List.of("", "application/json", ScimResponse.MEDIA_TYPE)
        .contains(type.toLowerCase(Locale.ROOT))) {
      throw new ScimException(
          new ScimError(415, null, "The body must be application/scim+json, not " + type + "."));
    }
  }

  /**
   * Answers a read. The answer is written before its place is released, because members and long
   * pages are read from the database meanwhile.
   */
  void read(ScimRequest request, Exchange exchange) throws IOException {
    Optional<ScimResponse> discovered = discoveryHandler.answer(request);
    if (discovered.isPresent()) {
      write(exchange, discovered.get());
      return;
    }
    try (FairShares.Place place =
        shares.take(request.caller(), false).orElseThrow(ScimEdge::tooManyReads)) {
      write(exchange, readHandler.answer(request));
    }
  }

  private static ScimException tooManyReads() {
    return new ScimException(
        ScimError.unavailable("The tenant has as many searches under way as allowed; ask again."));
  }

  /** Writes an answer to the HTTP response. */
  static void write(Exchange exchange, ScimResponse answer) throws IOException {
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
          exchange.getProperty(MEDIA_TYPE, ScimResponse.MEDIA_TYPE, String.class));
      message.setBody(content(exchange, body));
    }
  }

  /**
   * Rendered completely before the first byte is sent, so that a failure meanwhile becomes an error
   * answer.
   */
  private static Object content(Exchange exchange, ObjectNode body) throws IOException {
    ResponseBuffer buffer = new ResponseBuffer();
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

  /**
   * Writes the answer to a write or a bulk request; the answer to a read has been written already.
   */
  void answer(Exchange exchange) throws IOException {
    if (exchange.getMessage().getBody() instanceof ScimResponse answer) {
      write(exchange, answer);
    }
  }
}
