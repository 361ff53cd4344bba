package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.crypto.Digests;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.EventRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates all events of a call, and gives an id to those without one. */
public record ReadEvents(EventReader reader) implements WebhookStep {

  /** The longest id that fits into an index. */
  private static final int LONGEST = 500;

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    List<Signal> all = new ArrayList<>();
    List<JsonNode> events = exchange.content().events();
    for (int i = 0; i < events.size(); i++) {
      String proof = exchange.content().proof();
      String otherwise = proof == null ? null : proof + ":" + i;
      named(all, reader.read(events.get(i), exchange), otherwise);
    }
    return exchange.withSignals(List.copyOf(all));
  }

  /** Adds the signals of an event; each of several signals gets an event id of its own. */
  private static void named(List<Signal> all, List<Signal> said, @Nullable String otherwise) {
    for (int i = 0; i < said.size(); i++) {
      Signal signal = said.get(i);
      if (isTooLong(signal.about().id()) || isTooLong(signal.about().container())) {
        throw RefusedWebhookException.badRequest(
            "An id is longer than " + LONGEST + " characters.");
      }
      String event = signal.source().eventId() == null ? otherwise : signal.source().eventId();
      String name = event == null || i == 0 ? event : event + "#" + i;
      all.add(signal.from(new EventRef(bounded(name), signal.source().occurredAt())));
    }
  }

  private static boolean isTooLong(@Nullable String id) {
    return id != null && id.length() > LONGEST;
  }

  private static @Nullable String bounded(@Nullable String name) {
    return name == null || name.length() <= LONGEST ? name : Digests.sha256Hex(name);
  }
}
