package io.gatehouse.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.TraceParent;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The signals of one call for a connection, in their order; stored all or none.
 *
 * @param traceparent the trace that the call belongs to, see {@link TraceParent}
 */
public record SignalBatch(UUID connection, List<Signal> signals, @Nullable String traceparent) {

  private static final int VERSION = 1;

  /** The signals of a call that belongs to no trace. */
  public SignalBatch(UUID connection, List<Signal> signals) {
    this(connection, signals, null);
  }

  /** The same signals, at another place in a trace. */
  public SignalBatch traced(String traceparent) {
    return new SignalBatch(connection, signals, traceparent);
  }

  /** The signals, each with the trace of the call. */
  List<Signal> tracedSignals() {
    return signals.stream().map(it -> it.traced(traceparent)).toList();
  }

  /** Writes the batch as the text of a queue message. */
  public String text() {
    ObjectNode json = Json.object().put("v", VERSION).put("connection", connection.toString());
    if (traceparent != null) {
      json.put(TraceParent.NAME, traceparent);
    }
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
          UUID.fromString(json.path("connection").asText()),
          List.copyOf(signals),
          TraceParent.valid(Json.text(json, TraceParent.NAME)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }
}
