package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.SignalBatch;
import io.gatehouse.scim.Json;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.webhook.RefusedWebhookException;
import io.gatehouse.webhook.WebhookCall;
import io.gatehouse.webhook.WebhookConnection;
import io.gatehouse.webhook.WebhookExchange;
import io.gatehouse.webhook.WebhookResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** A webhook call: to the route of its IdP, its events to {@code inbox-accept}, and the answer. */
class WebhookRoutesTest extends AdvisedRoutes {

  private static final UUID CONNECTION = new UUID(2, 2);
  private static final Signal SIGNAL =
      new Signal(
          Signal.Kind.USER_CHANGED,
          new Signal.EventRef("e1", null),
          new Signal.About("00u1", null, null),
          null);

  private final MeterRegistry meters = new SimpleMeterRegistry();

  @Override
  String[] ends() {
    return new String[] {"direct:idp-people-webhook*", "direct:inbox-accept"};
  }

  @Override
  void bind(Registry registry) {
    registry.bind(
        "webhookEdge",
        new WebhookEdge(
            null, null, new WebhookCounts(meters), new UnverifiedCallLimits(null, null, null)));
  }

  @Override
  Set<String> alsoSwapped() {
    return Set.of("webhookEdge.accept");
  }

  @Test
  void storesTheEventsThatTheRouteOfTheIdpHasReadBeforeItAnswers() {
    accepts("people");
    reads(List.of(SIGNAL), WebhookResponse.empty(202));

    Exchange call = call("webhook-accept", "a call");

    assertThat(bodies("direct:inbox-accept"))
        .containsExactly(new SignalBatch(CONNECTION, List.of(SIGNAL)));
    assertThat(end("direct:inbox-accept").getReceivedExchanges().get(0).getMessage().getHeaders())
        .as("not answered yet")
        .doesNotContainKey(Exchange.HTTP_RESPONSE_CODE);
    assertThat(status(call)).isEqualTo(202);
    assertThat(call.getMessage().getBody()).isNull();
    assertThat(counted("accepted")).isEqualTo(1);
  }

  @Test
  void answersAHandshakeAndStoresNothing() {
    accepts("people");
    reads(List.of(), WebhookResponse.text("a challenge"));

    Exchange call = call("webhook-accept", "a call");

    assertThat(bodies("direct:inbox-accept")).isEmpty();
    assertThat(status(call)).isEqualTo(200);
    assertThat(call.getMessage().getBody(String.class)).isEqualTo("a challenge");
  }

  @Test
  void answers503WithATimeToRetryWhenTheEventsCannotBeStored() {
    accepts("people");
    reads(List.of(SIGNAL), WebhookResponse.empty(202));
    fails("direct:inbox-accept", new StoreUnavailableException("away", null));

    Exchange call = call("webhook-accept", "a call");

    assertProblem(call, 503, "The call cannot be stored at the moment; send it again.");
    assertThat(call.getMessage().getHeader("Retry-After")).isEqualTo("5");
    assertThat(counted("failed")).isEqualTo(1);
    assertThat(end("direct:inbox-accept").getReceivedCounter()).as("never retried").isEqualTo(1);
  }

  @Test
  void storesNothingOfACallThatProvesNothing() {
    accepts("people");
    fails("direct:idp-people-webhook", RefusedWebhookException.unauthorized());

    Exchange call = call("webhook-accept", it -> it.getMessage().setHeader("X-Leak", "leaked"));

    assertProblem(
        call, 401, "The call does not prove that it comes from the sender that was set up.");
    assertThat(call.getMessage().getHeaders())
        .containsOnlyKeys(Exchange.HTTP_RESPONSE_CODE, Exchange.CONTENT_TYPE, "WWW-Authenticate");
    assertThat(bodies("direct:inbox-accept")).isEmpty();
  }

  @Test
  void answers503WhenTheRouteOfTheIdpIsNotLoaded() {
    accepts("absent");

    Exchange call = call("webhook-accept", "a call");

    assertProblem(
        call, 503, "The profile of this connection is not loaded; see the gateway's log.");
    assertThat(bodies("direct:inbox-accept")).isEmpty();
  }

  @Test
  void readsTheConnectionsAtEachTickAlsoAfterAFailure() {
    fails("webhookConnections.refresh", new StoreUnavailableException("away", null));
    assertThat(send("webhook-connections", null).getException())
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(end("webhookConnections.refresh").getReceivedCounter()).isEqualTo(1);

    end("webhookConnections.refresh").whenAnyExchangeReceived(it -> {});
    assertThat(send("webhook-connections", null).getException()).isNull();
    assertThat(end("webhookConnections.refresh").getReceivedCounter()).isEqualTo(2);
  }

  private void accepts(String idp) {
    WebhookExchange accepted =
        WebhookExchange.of(
            new WebhookCall("POST", "", Map.of(), new byte[0]),
            new WebhookConnection(CONNECTION, idp, List.of("secret"), it -> true));
    end("webhookEdge.accept")
        .whenAnyExchangeReceived(
            it -> {
              it.getMessage().removeHeaders("*");
              it.getMessage().setBody(accepted);
              it.setProperty("idp", idp);
            });
  }

  private void reads(List<Signal> signals, WebhookResponse answer) {
    end("direct:idp-people-webhook")
        .whenAnyExchangeReceived(
            it -> {
              WebhookExchange call = it.getMessage().getBody(WebhookExchange.class);
              it.getMessage()
                  .setBody(
                      new WebhookExchange(
                          call.call(),
                          call.connection(),
                          new WebhookExchange.Content(null, List.of(), signals, 0),
                          answer));
            });
  }

  private static int status(Exchange call) {
    assertThat(call.getException()).isNull();
    return call.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
  }

  private static void assertProblem(Exchange call, int status, String detail) {
    assertThat(status(call)).isEqualTo(status);
    assertThat(call.getMessage().getHeader(Exchange.CONTENT_TYPE))
        .isEqualTo("application/problem+json");
    assertThat(Json.stored(call.getMessage().getBody(String.class)).path("detail").asText())
        .isEqualTo(detail);
  }

  private double counted(String result) {
    return meters.counter("gatehouse.edge.webhook", "idp", "people", "result", result).count();
  }
}
