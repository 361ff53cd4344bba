package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.PendingOutcomes;
import io.gatehouse.directory.Directory;
import io.gatehouse.directory.OutcomeStore;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Wakes the request that waits for an outcome: in memory when it waits here, else by a message to
 * its instance. A wake-up may be lost; the stored outcome is authoritative.
 */
@Component("outcomeNotifier")
final class OutcomeNotifier {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeNotifier.class);
  private static final long TIME_TO_LIVE = 15_000;

  private final Instance instance;
  private final PendingOutcomes pendingOutcomes;
  private final OutcomeStore outcomeStore;
  private final ConnectionFactory connections;

  OutcomeNotifier(
      Instance instance,
      PendingOutcomes pendingOutcomes,
      OutcomeStore outcomeStore,
      ConnectionFactory connections) {
    this.instance = instance;
    this.pendingOutcomes = pendingOutcomes;
    this.outcomeStore = outcomeStore;
    this.connections = connections;
  }

  void wake(List<Directory.Applied> applied) {
    for (Directory.Applied one : applied) {
      if (one.envelope().trace().instance().equals(instance.id())) {
        pendingOutcomes.wake(one.envelope().id(), one.outcome());
      }
    }
    List<Envelope> elsewhere =
        applied.stream()
            .map(Directory.Applied::envelope)
            .filter(it -> !it.trace().instance().equals(instance.id()))
            .toList();
    elsewhere.stream()
        .filter(it -> it.caller().isConnection() && !it.isUnattended() && !it.trace().isImport())
        .forEach(pendingOutcomes::waitsElsewhere);
    if (!elsewhere.isEmpty()) {
      notifyOthers(elsewhere);
    }
  }

  private void notifyOthers(List<Envelope> elsewhere) {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(null)) {
      producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
      producer.setTimeToLive(TIME_TO_LIVE);
      for (Envelope envelope : elsewhere) {
        String queue = Instance.replyQueue(envelope.trace().instance());
        producer.send(
            session.createQueue(queue), session.createTextMessage(envelope.id().toString()));
      }
    } catch (JMSException e) {
      LOG.info(
          "A reply did not reach its instance, which will read the outcome itself: {}",
          e.getMessage());
    }
  }

  /** Receives the message that another instance has applied a command. */
  void outcomeStored(String commandId) {
    CommandId id = new CommandId(UUID.fromString(commandId));
    Outcome outcome = outcomeStore.stored(List.of(id)).get(id);
    if (outcome != null) {
      pendingOutcomes.wake(id, outcome);
    }
  }
}
