package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.broker.BrokerUnavailableException;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.directory.ResourceQueries;
import io.gatehouse.edge.BulkProcessor;
import io.gatehouse.edge.CommandReader;
import io.gatehouse.edge.RateLimits;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.edge.ScimResponse;
import io.gatehouse.edge.WriteResponses;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schemas;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import io.gatehouse.store.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A SCIM call: to the IdP's route, as a command to {@code command-submit}, and its response. */
class EdgeRoutesTest extends AdvisedRoutes {

  private static final String LOCATION = "http://localhost/scim/v2/Users/7";

  private final UUID id = new UUID(7, 7);
  private final WrittenResponses writtenResponses = new WrittenResponses();

  @Override
  String[] ends() {
    return new String[] {"direct:edge-*", "direct:idp-standard-scim*", "direct:command-submit"};
  }

  @Override
  void bind(Registry registry) {
    registry.bind("routeFailures", new RouteFailures());
    registry.bind(
        "edgeWrites",
        new EdgeWrites(
            new CommandReader(Clock.systemUTC(), "here"),
            new RateLimits(() -> 1),
            new WriteResponses(awayQueries()),
            writtenResponses));
    registry.bind(
        "bulkProcessor", new BulkProcessor(new BulkSubmitter(context)::submit, Clock.systemUTC()));
  }

  @ParameterizedTest
  @EnumSource(RequestKind.class)
  void sendsACallTheWayOfItsKindAndItsResponseToTheWire(RequestKind kind) {
    ScimResponse response = new ScimResponse(200, Map.of(), null);
    accepts(kind);
    returns("direct:edge-" + kind.word(), response);

    Exchange call = call("edge-scim", "a call");

    assertThat(call.getException()).isNull();
    for (RequestKind other : RequestKind.values()) {
      assertThat(bodies("direct:edge-" + other.word())).hasSize(other == kind ? 1 : 0);
    }
    assertThat(bodies("direct:edge-" + kind.word())).containsExactly("a call");
    assertThat(end("direct:edge-" + kind.word()).getReceivedExchanges().get(0).getPattern())
        .isEqualTo(ExchangePattern.InOut);
    assertThat(bodies("scimEdge.answer")).containsExactly(response);
  }

  @Test
  void answersARefusalInTheFormOfScimAndSendsNothingOn() {
    fails("scimEdge.accept", new ScimException(new ScimError(415, null, "The type is wrong.")));

    Exchange call = call("edge-scim", it -> it.getMessage().setHeader("X-Leak", "leaked"));

    assertAnswers(call, 415, "The type is wrong.");
    assertThat(call.getMessage().getHeaders())
        .containsOnlyKeys(Exchange.HTTP_RESPONSE_CODE, Exchange.CONTENT_TYPE);
    for (RequestKind kind : RequestKind.values()) {
      assertThat(bodies("direct:edge-" + kind.word())).isEmpty();
    }
    assertThat(bodies("scimEdge.answer")).isEmpty();
  }

  @Test
  void answers503WithATimeToRetryWhenTheBrokerIsAway() {
    accepts(RequestKind.WRITE);
    fails("direct:edge-write", new BrokerUnavailableException("tcp://10.0.0.7 refused", null));

    Exchange call = call("edge-scim", "a call");

    assertAnswers(call, 503, "The gateway cannot serve this request at the moment.");
    assertThat(call.getMessage().getHeader("Retry-After")).isEqualTo("5");
    assertThat(end("direct:edge-write").getReceivedCounter()).as("never retried").isEqualTo(1);
  }

  @Test
  void answers500WithoutTheReasonWhenSomethingIsBroken() {
    accepts(RequestKind.READ);
    fails("direct:edge-read", new IllegalStateException("select * from person"));

    assertAnswers(
        call("edge-scim", "a call"), 500, "The gateway failed; the reason is in its log.");
  }

  @Test
  void answers503WhenTheProfileIsNotLoaded() {
    end("scimEdge.accept")
        .whenAnyExchangeReceived(
            it -> {
              it.setProperty("way", "read");
              it.setProperty("idp", "absent");
            });
    end("direct:edge-read")
        .whenAnyExchangeReceived(it -> template.send("direct:from-edge-read", it));

    assertAnswers(
        call("edge-scim", "a call"),
        503,
        "The profile of this connection is not loaded; see the gateway's log.");
  }

  @Test
  void readsWhatTheRouteOfTheIdpHasMadeOfTheRequest() {
    returns("direct:idp-standard-scim", "a repaired request");

    Exchange call = call("edge-read", of("standard", "a request"));

    assertThat(call.getException()).isNull();
    assertThat(bodies("direct:idp-standard-scim")).containsExactly("a request");
    assertThat(bodies("scimEdge.read")).containsExactly("a repaired request");
  }

  @Test
  void readsNothingWhenTheProfileIsNotLoadedOrRefuses() {
    fails("direct:idp-standard-scim", ScimException.invalidFilter("The filter is broken."));

    assertThat(call("edge-read", of("absent", "a request")).getException())
        .isInstanceOf(DirectConsumerNotAvailableException.class);
    assertThat(call("edge-read", of("standard", "a request")).getException())
        .hasMessage("The filter is broken.");
    assertThat(bodies("scimEdge.read")).isEmpty();
  }

  @Test
  void sendsTheCommandOfTheRepairedRequestAndRespondsWithItsOutcome() {
    end("direct:idp-standard-scim")
        .whenAnyExchangeReceived(
            it -> {
              ScimRequest request = it.getMessage().getBody(ScimRequest.class);
              it.getMessage().setBody(request.repaired("a-quirk", List.of("x"), request.body()));
            });
    returns("direct:command-submit", new Outcome.Deleted(id));

    Exchange call = call("edge-write", of("standard", request("DELETE", "Users/" + id, "{}")));

    Envelope sent = (Envelope) bodies("direct:command-submit").get(0);
    assertThat(sent.command()).isEqualTo(new Command.Delete(ResourceType.USER, id, null));
    assertThat(sent.trace().repairs()).containsExactly("a-quirk x");
    assertThat(call.getMessage().getBody()).isEqualTo(new ScimResponse(204, Map.of(), null));
    assertThat(call.getVariable("command")).isEqualTo(sent);
  }

  @Test
  void respondsWithTheErrorOfACommandThatWasRefused() {
    returns(
        "direct:command-submit", new Outcome.Refused(ScimError.uniqueness("The name is taken.")));

    Exchange call = call("edge-write", of("standard", request("DELETE", "Users/" + id, "{}")));

    ScimResponse response = call.getMessage().getBody(ScimResponse.class);
    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body().path("detail").asText()).isEqualTo("The name is taken.");
  }

  @Test
  void handsTheFailureOfTheBrokerToTheCaller() {
    fails("direct:command-submit", new BrokerUnavailableException("away", null));

    Exchange call = call("edge-write", of("standard", request("DELETE", "Users/" + id, "{}")));

    assertThat(call.getException()).isInstanceOf(BrokerUnavailableException.class);
    assertThat(call.getMessage().getBody()).isNotInstanceOf(ScimResponse.class);
    assertThat(end("direct:command-submit").getReceivedCounter()).isEqualTo(1);
  }

  @Test
  void sendsNoCommandWhenTheRequestIsNone() {
    Exchange call = call("edge-write", of("standard", request("PATCH", "Users/" + id, "{}")));

    assertThat(call.getException()).isInstanceOf(ScimException.class);
    assertThat(bodies("direct:command-submit")).isEmpty();
  }

  /** Else the retry of the call would be a second command. */
  @Test
  void countsTheOutcomeAsUntoldWhenItCannotBeShown() {
    Outcome.Snapshot group =
        new Outcome.Snapshot(
            ResourceType.GROUP, id, 2, Instant.EPOCH, Instant.EPOCH, Json.object());
    returns("direct:command-submit", new Outcome.Updated(group));
    String patch =
        """
        {
          "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
          "Operations": [{"op": "replace", "path": "displayName", "value": "Ward 5"}]
        }
        """;

    Exchange call = call("edge-write", of("standard", request("PATCH", "Groups/" + id, patch)));

    assertThat(call.getException()).isInstanceOf(StoreUnavailableException.class);
    Envelope sent = (Envelope) bodies("direct:command-submit").get(0);
    assertThat(writtenResponses.snapshot().lost()).contains(sent.id());
  }

  @Test
  void sendsTheOperationsOfABulkRequestTheWayOfWritesAndGoesOnAfterAFailure() {
    end("direct:edge-write")
        .whenExchangeReceived(
            1,
            it ->
                it.getMessage().setBody(new ScimResponse(201, Map.of("Location", LOCATION), null)));
    end("direct:edge-write")
        .whenExchangeReceived(
            2, it -> it.setException(new BrokerUnavailableException("away", null)));
    returns("direct:edge-write", new ScimResponse(204, Map.of(), null));

    Exchange call = call("edge-bulk", request("POST", "Bulk", bulk()));

    assertThat(end("direct:edge-write").getReceivedExchanges())
        .allSatisfy(it -> assertThat(it.getProperty("idp")).isEqualTo("standard"))
        .extracting(it -> it.getMessage().getBody(ScimRequest.class).line().method())
        .containsExactly("POST", "DELETE", "DELETE");
    JsonNode operations = call.getMessage().getBody(ScimResponse.class).body().path("Operations");
    assertThat(operations.findValuesAsText("status")).containsSubsequence("201", "503", "204");
  }

  @Test
  void sendsNothingOfABulkRequestThatIsNone() {
    Exchange call = call("edge-bulk", request("POST", "Bulk", "{}"));

    assertThat(call.getException()).isInstanceOf(ScimException.class);
    assertThat(bodies("direct:edge-write")).isEmpty();
  }

  private void accepts(RequestKind kind) {
    end("scimEdge.accept").whenAnyExchangeReceived(it -> it.setProperty("way", kind.word()));
  }

  private static void assertAnswers(Exchange call, int status, String detail) {
    assertThat(call.getException()).isNull();
    assertThat(call.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(status);
    assertThat(call.getMessage().getHeader(Exchange.CONTENT_TYPE))
        .isEqualTo("application/scim+json");
    ObjectNode error = Json.stored(call.getMessage().getBody(String.class));
    assertThat(error.at("/schemas/0").asText()).isEqualTo(ScimError.ERROR);
    assertThat(error.path("status").asText()).isEqualTo(String.valueOf(status));
    assertThat(error.path("detail").asText()).isEqualTo(detail);
  }

  private static org.apache.camel.Processor of(String idp, Object body) {
    return it -> {
      it.setProperty("idp", idp);
      it.getMessage().setBody(body);
    };
  }

  private ScimRequest request(String method, String path, String body) {
    Caller caller = new Caller(new UUID(1, 1), "acme", new UUID(2, 2), "standard");
    return new ScimRequest(
        new ScimRequest.Client(
            caller, Json.object(), Schemas.STANDARD, "seal", writtenResponses.call()),
        new ScimRequest.Line(method, path, Map.of(), "http://localhost/scim/v2"),
        ScimRequest.Conditions.NONE,
        Json.stored(body),
        List.of());
  }

  private static String bulk() {
    return """
        {
          "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
          "Operations": [
            {"method": "POST", "path": "/Users", "bulkId": "ada", "data": {"userName": "ada"}},
            {"method": "DELETE", "path": "/Users/00000000-0000-0007-0000-000000000007"},
            {"method": "DELETE", "path": "/Users/00000000-0000-0007-0000-000000000008"}
          ]
        }
        """;
  }

  private static ResourceQueries awayQueries() {
    return (ResourceQueries)
        Proxy.newProxyInstance(
            ResourceQueries.class.getClassLoader(),
            new Class<?>[] {ResourceQueries.class},
            (proxy, method, arguments) -> {
              throw new StoreUnavailableException("PostgreSQL is away", null);
            });
  }
}
