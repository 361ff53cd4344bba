package io.gatehouse.camel;

import io.gatehouse.edge.ScimRequest;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Makes another body of the one in the request, and changes nothing else of it. */
final class MapBody implements Processor {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final MappedBodies bodies;
  private final Mapping mapping;
  private final TimeLimit limit;

  MapBody(MappedBodies bodies, Mapping mapping) {
    this.bodies = bodies;
    this.mapping = mapping;
    this.limit = new TimeLimit(LIMIT, bodies.uri());
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    ScimRequest request = exchange.getMessage().getMandatoryBody(ScimRequest.class);
    if (bodies.include(request.line())) {
      var mapped = limit.run(() -> mapping.apply(request.body()));
      if (!mapped.equals(request.body())) {
        exchange.getMessage().setBody(request.repaired(bodies.uri(), List.of(""), mapped));
      }
    }
  }
}
