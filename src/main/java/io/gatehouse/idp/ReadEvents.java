package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.edge.RefusedCallException;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has a reader understand all events of a call, and names those that the sender does not name. */
public record ReadEvents(EventReader reader) implements IntakeStep {

  /** What fits into an index. */
  private static final int LONGEST = 500;

  @Override
  public Intake take(Intake intake) {
    List<Signal> all = new ArrayList<>();
    List<JsonNode> events = intake.content().events();
    for (int i = 0; i < events.size(); i++) {
      String proof = intake.content().proof();
      String otherwise = proof == null ? null : proof + ":" + i;
      named(all, reader.read(events.get(i), intake), otherwise);
    }
    return intake.withSignals(List.copyOf(all));
  }

  /** If one event says several things, each of them is an event of its own further on. */
  private static void named(List<Signal> all, List<Signal> said, @Nullable String otherwise) {
    for (int i = 0; i < said.size(); i++) {
      Signal signal = said.get(i);
      if (isTooLong(signal.about().id()) || isTooLong(signal.about().container())) {
        throw RefusedCallException.badRequest("An id is longer than " + LONGEST + " characters.");
      }
      String event = signal.source().eventId() == null ? otherwise : signal.source().eventId();
      String name = event == null || i == 0 ? event : event + "#" + i;
      all.add(signal.from(new Source(bounded(name), signal.source().occurredAt())));
    }
  }

  private static boolean isTooLong(@Nullable String id) {
    return id != null && id.length() > LONGEST;
  }

  private static @Nullable String bounded(@Nullable String name) {
    return name == null || name.length() <= LONGEST
        ? name
        : Hmac.name(name.getBytes(StandardCharsets.UTF_8));
  }
}
