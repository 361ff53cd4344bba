package io.gatehouse.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.idp.EventReader;
import io.gatehouse.idp.Intake;
import io.gatehouse.idp.MappedSignal;
import io.gatehouse.idp.StepParameters;
import io.gatehouse.idp.WrongParameterException;
import io.gatehouse.inbox.Signal;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimException;
import java.time.Duration;
import java.util.List;

/** Understands events by a mapping: {@code {"event":{...},"headers":{...}}} becomes signals. */
final class MapEvents implements EventReader {

  /** The name of the parameter that has the mapping. */
  static final String JSLT = "jslt";

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final Mapping mapping;
  private final TimeLimit limit = new TimeLimit(LIMIT, "map:events");

  MapEvents(StepParameters parameters) {
    String text = parameters.given().get(JSLT);
    if (text == null) {
      throw new WrongParameterException(JSLT, "is missing here");
    }
    this.mapping = Mapping.compile(text);
  }

  @Override
  public List<Signal> read(JsonNode event, Intake intake) {
    ObjectNode input = Json.object();
    input.set("event", event);
    ObjectNode headers = input.putObject("headers");
    intake.call().headers().forEach(headers::put);
    return MappedSignal.all(mapped(input));
  }

  private JsonNode mapped(ObjectNode input) {
    try {
      return limit.run(() -> mapping.value(input));
    } catch (ScimException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
