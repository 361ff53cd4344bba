package io.gatehouse.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The signals of one call for a connection, in their order; stored all or none. */
public record SignalBatch(UUID connection, List<Signal> signals) {

  private static final int VERSION = 1;

  /** Writes the batch as the text of a queue message. */
  public String text() {
    ObjectNode json = Json.object().put("v", VERSION).put("connection", connection.toString());
    ArrayNode list = json.putArray("signals");
    signals.forEach(it -> list.add(SignalCodec.encode(it)));
    return Json.text(json);
  }

  /**
   * Reads what {@link #text} has written.
   *
   * @throws IllegalArgumentException when it is no batch of a version that this gateway knows
   */
  public static SignalBatch of(String text) {
    try {
      JsonNode json = Json.MAPPER.readTree(text);
      if (json.path("v").asInt() != VERSION) {
        throw new IllegalArgumentException("unknown version of signals " + json.path("v"));
      }
      List<Signal> signals = new ArrayList<>();
      json.path("signals").forEach(it -> signals.add(SignalCodec.decode(it)));
      return new SignalBatch(
          UUID.fromString(json.path("connection").asText()), List.copyOf(signals));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }
}
