package io.gatehouse.camel;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.idp.RequestRoutes;
import io.gatehouse.idp.RequestTrace;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends requests to the routes {@code idp-<idp>-scim}, and to no route after them. */
@Component
final class CamelRequestRoutes implements RequestRoutes {

  private final ProducerTemplate template;

  CamelRequestRoutes(CamelContext camel) {
    this.template = camel.createProducerTemplate();
  }

  @Override
  public Passage pass(ScimRequest request) {
    RequestTrace trace = new RequestTrace();
    Exchange done =
        template.request(
            "direct:idp-" + request.caller().actor() + "-scim?block=false",
            it -> {
              it.setProperty(QuirksComponent.TRACE, trace);
              it.getMessage().setBody(request);
            });
    ScimRequest result =
        Objects.requireNonNullElse(done.getMessage().getBody(ScimRequest.class), request);
    @Nullable Exception failure = done.getException();
    return new Passage(
        result, trace.steps(), failure == null ? null : RouteFailures.refusal(failure));
  }
}
