package io.gatehouse.camel;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.edge.ScimResponse;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Sends the operations of a bulk request through the routes of single writes. */
final class BulkSubmitter {

  private final ProducerTemplate template;

  BulkSubmitter(CamelContext camel) {
    this.template = camel.createProducerTemplate();
  }

  ScimResponse submit(ScimRequest request) {
    Exchange exchange =
        template.request(
            "direct:edge-write?block=false",
            it -> {
              it.setProperty("idp", request.caller().actor());
              it.getMessage().setBody(request);
            });
    ScimResponse answer = exchange.getMessage().getBody(ScimResponse.class);
    return answer == null
        ? ScimResponse.refusal(RouteFailures.refusal(exchange.getException()))
        : answer;
  }
}
