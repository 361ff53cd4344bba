package io.gatehouse.camel.routefile;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.idp.RequestTrace;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Replaces the body of a request by the result of a mapping, and changes nothing else of it. */
final class BodyMapping implements Processor {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final MappingTarget bodies;
  private final JsltMapping jsltMapping;
  private final TimeLimiter limit;

  BodyMapping(MappingTarget bodies, JsltMapping jsltMapping) {
    this.bodies = bodies;
    this.jsltMapping = jsltMapping;
    this.limit = new TimeLimiter(LIMIT, bodies.uri());
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    ScimRequest request = exchange.getMessage().getMandatoryBody(ScimRequest.class);
    if (bodies.include(request.line())) {
      var mapped = limit.run(() -> jsltMapping.apply(request.body()));
      if (!mapped.equals(request.body())) {
        ScimRequest changed = request.repaired(bodies.uri(), List.of(""), mapped);
        exchange.getMessage().setBody(changed);
        RequestTrace trace = exchange.getProperty(RequestTrace.class.getName(), RequestTrace.class);
        if (trace != null) {
          trace.add(bodies.uri(), request, changed);
        }
      }
    }
  }
}
