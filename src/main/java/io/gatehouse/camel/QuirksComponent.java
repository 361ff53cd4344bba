package io.gatehouse.camel;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.idp.Quirk;
import io.gatehouse.idp.Quirks;
import io.gatehouse.idp.RequestTrace;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.stereotype.Component;

/**
 * {@code quirks:one,another}: applies quirks of the catalogue to the request in the body. The names
 * are resolved when the route is loaded, so an unknown name stops the route and not a request.
 */
@Component("quirks")
public final class QuirksComponent extends DefaultComponent {

  /** Name of the exchange property with the trace of a request that is explained. */
  static final String TRACE = RequestTrace.class.getName();

  @Override
  protected Endpoint createEndpoint(String uri, String names, Map<String, Object> parameters) {
    return new QuirksEndpoint(uri, this, names);
  }

  private static final class QuirksEndpoint extends DefaultEndpoint {

    private final Quirk quirk;
    private final List<Quirks.Named> each;

    QuirksEndpoint(String uri, QuirksComponent component, String names) {
      super(uri, component);
      this.quirk = Quirks.named(names);
      this.each = Quirks.each(names);
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) throws InvalidPayloadException {
          ScimRequest request = exchange.getMessage().getMandatoryBody(ScimRequest.class);
          RequestTrace trace = exchange.getProperty(TRACE, RequestTrace.class);
          ScimRequest fixed = trace == null ? quirk.fix(request) : trace.through(each, request);
          exchange.getMessage().setBody(fixed);
          exchange.setProperty(ScimEdge.MEDIA_TYPE, fixed.conditions().form().mediaType());
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("quirks: is something to send to");
    }
  }
}
