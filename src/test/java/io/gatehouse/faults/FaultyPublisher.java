package io.gatehouse.faults;

import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventPublisher;
import java.util.ArrayList;
import java.util.List;

/** The publisher with the halt points of the relay. */
record FaultyPublisher(EventPublisher publisher) implements EventPublisher {

  /** What a thread sends after the commit, by {@link SeededBug#RELAY_MARKS_FIRST}. */
  private static final ThreadLocal<List<Runnable>> HELD_BACK =
      ThreadLocal.withInitial(ArrayList::new);

  @Override
  public void publish(List<CloudEvent> events) {
    if (!SqlTransaction.isOfTheRelay()) {
      publisher.publish(events);
      return;
    }
    Faults.pass(HaltPoint.RELAY_BEFORE_SEND);
    if (Faults.has(SeededBug.RELAY_MARKS_FIRST)) {
      HELD_BACK.get().add(() -> publisher.publish(events));
      return;
    }
    publisher.publish(events);
    Faults.pass(HaltPoint.RELAY_AFTER_SEND);
  }

  static void sendHeldBack() {
    HELD_BACK.get().forEach(Runnable::run);
    HELD_BACK.get().clear();
  }
}
