package io.gatehouse.camel;

import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.edge.ScimRequest;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Sends the operations of a bulk request the way that single writes go. */
final class Operations {

  private final ProducerTemplate template;

  Operations(CamelContext camel) {
    this.template = camel.createProducerTemplate();
  }

  ScimAnswer submit(ScimRequest request) {
    Exchange exchange =
        template.request(
            "direct:edge-write?block=false",
            it -> {
              it.setProperty("idp", request.caller().actor());
              it.getMessage().setBody(request);
            });
    ScimAnswer answer = exchange.getMessage().getBody(ScimAnswer.class);
    return answer == null ? ScimAnswer.refusal(Failures.refusal(exchange.getException())) : answer;
  }
}
