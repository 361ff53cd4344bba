package io.gatehouse.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway.Answer;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A recorded-shape request or scenario with the answers that are expected, run on a connection of
 * its own.
 */
public final class Fixture {

  private static final Set<String> SET_BY_THE_CLIENT =
      Set.of("connection", "accept-encoding", "host", "content-length");

  private final JsonNode fixture;
  private final ScimClient idp;
  private final Variables variables = new Variables();
  private Answer answer;

  private Fixture(JsonNode fixture, ScimClient idp) {
    this.fixture = fixture;
    this.idp = idp;
    variables.put("token", idp.token());
  }

  /** One request of a scenario, or the only one. */
  public record Step(Fixture of, String label, JsonNode json) {
    public void run() throws JMSException {
      of.run(this);
    }

    /** The request as it is sent: method, path and, where it has one, the text of its body. */
    public ObjectNode request() {
      JsonNode request = json.path("request");
      ObjectNode filled = Json.object().put("method", request.path("method").asText());
      filled.put("path", of.variables.fill(request.path("path").asText()));
      return filled.put("body", of.body(request));
    }

    /** The answer when it ran. */
    public Answer answer() {
      return of.answer;
    }

    /** The connection that sends it. */
    public ScimClient client() {
      return of.idp;
    }
  }

  /** A fixture whose state is there, on a connection of a new tenant. */
  public static Fixture of(Path file, Gateway gateway) throws IOException {
    JsonNode json = Json.MAPPER.readTree(Files.readString(file));
    return of(json, gateway.connection(json.path("idp").asText()));
  }

  /** A fixture whose state is there, on a connection of another IdP than it names. */
  public static Fixture of(Path file, ScimClient idp) throws IOException {
    return of(Json.MAPPER.readTree(Files.readString(file)), idp);
  }

  private static Fixture of(JsonNode json, ScimClient idp) {
    Fixture fixture = new Fixture(json, idp);
    new Seed(fixture.idp, fixture.variables).plant(json.path("given"));
    if (Json.text(json).contains("{{jwt:")) {
      fixture.allowEntra();
    }
    return fixture;
  }

  private void allowEntra() {
    ObjectNode change = Json.object();
    change
        .putObject("settings")
        .putObject("entraLogin")
        .put("tenant", variables.entraTenant().toString());
    idp.gateway().admin("PATCH", "/connections/" + idp.connection(), change);
  }

  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : fixture.has("steps") ? fixture.path("steps") : List.of(fixture)) {
      String label = step.path("label").asText(fixture.path("name").asText());
      steps.add(new Step(this, (steps.size() + 1) + " " + label, step));
    }
    return steps;
  }

  private void run(Step step) throws JMSException {
    Expectation expectation = new Expectation(step.json().path("expect"), idp, variables);
    expectation.requireUnderstood();
    if (!expectation.stateUnchanged()) {
      expectation.check(send(step.json().path("request")));
      return;
    }
    try (Silence silence = Silence.after(idp)) {
      Map<String, JsonNode> before = expectation.everything();
      expectation.check(send(step.json().path("request")));
      assertThat(expectation.everything()).isEqualTo(before);
      silence.requireUnbroken();
    }
  }

  private Answer send(JsonNode request) {
    String body = body(request);
    HttpRequest.Builder call =
        HttpRequest.newBuilder(
                URI.create(
                    idp.gateway().url("/scim/v2" + variables.fill(request.path("path").asText()))))
            .method(
                request.path("method").asText(),
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (var header : request.path("headers").properties()) {
      if (!SET_BY_THE_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        call.header(header.getKey(), variables.fill(header.getValue().asText()));
      }
    }
    answer = idp.gateway().send(call.build());
    return answer;
  }

  private String body(JsonNode request) {
    if (request.has("bodyRaw")) {
      return variables.fill(request.path("bodyRaw").asText());
    }
    JsonNode body = request.path("body");
    return body.isNull() || body.isMissingNode() ? null : Json.text(variables.fill(body));
  }
}
