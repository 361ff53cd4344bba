package io.gatehouse.camel;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.idp.Quirk;
import io.gatehouse.idp.Quirks;
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

  @Override
  protected Endpoint createEndpoint(String uri, String names, Map<String, Object> parameters) {
    return new QuirksEndpoint(uri, this, Quirks.named(names));
  }

  private static final class QuirksEndpoint extends DefaultEndpoint {

    private final Quirk quirk;

    QuirksEndpoint(String uri, QuirksComponent component, Quirk quirk) {
      super(uri, component);
      this.quirk = quirk;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) throws InvalidPayloadException {
          ScimRequest request = exchange.getMessage().getMandatoryBody(ScimRequest.class);
          ScimRequest fixed = quirk.fix(request);
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
