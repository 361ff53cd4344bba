package io.gatehouse.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Listener;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A subscriber that takes its time, goes away, and comes back. */
final class Reader {

  private final JsonNode subscription;
  private final Duration pace;
  private final Ledger ledger = new Ledger();
  private Listener listener;

  Reader(JsonNode subscription, Duration pace) {
    this.subscription = subscription;
    this.pace = pace;
  }

  Reader connect() throws JMSException {
    listener = Listener.of(subscription, this::take);
    return this;
  }

  private void take(JsonNode event) {
    ledger.add(event);
    LockSupport.parkNanos(pace.toNanos());
  }

  void disconnect() throws JMSException {
    listener.close();
  }

  String name() {
    return subscription.path("name").asText();
  }

  Ledger ledger() {
    return ledger;
  }
}
