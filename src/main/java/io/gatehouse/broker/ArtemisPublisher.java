package io.gatehouse.broker;

import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.delivery.PublishAttempts;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.jspecify.annotations.Nullable;

/**
 * Sends events durably, those of a call in one transaction. The broker keeps a record in memory for
 * each transaction on a paging address, and a message with a duplicate id outside of a transaction
 * would open one of its own. An event that is sent again after doubt is dropped by its duplicate
 * id; then the other events of the call are sent one by one.
 *
 * <p>The broker remembers a duplicate id from the commit on, so that two transactions that are open
 * at the same time could both commit the same event. An attempt in doubt is therefore ended at the
 * broker before its events are sent again.
 */
final class ArtemisPublisher implements EventPublisher, AutoCloseable {

  private final BrokerConnection connection;
  private final OpenPublishers openPublishers;
  private final PublishAttempts attempts;
  private @Nullable PublisherSession session;

  ArtemisPublisher(
      BrokerConnection connection, OpenPublishers openPublishers, PublishAttempts attempts) {
    this.connection = connection;
    this.openPublishers = openPublishers;
    this.attempts = attempts;
  }

  @Override
  public synchronized void publish(List<CloudEvent> events) {
    if (attempts.beginInDoubt()) {
      close();
      openPublishers.end();
    }
    try {
      if (!commit(events)) {
        for (CloudEvent event : events) {
          commit(List.of(event));
        }
      }
    } catch (ActiveMQException e) {
      close();
      throw new BrokerUnavailableException("Events were not confirmed: " + e.getMessage(), e);
    } catch (Exception e) {
      close();
      throw new BrokerUnavailableException("The broker cannot be reached: " + e.getMessage(), e);
    }
  }

  /**
   * Sends all events or none.
   *
   * @return false when the broker has one of them already, and has accepted none
   */
  private boolean commit(List<CloudEvent> events) throws Exception {
    PublisherSession open = open();
    for (CloudEvent event : events) {
      open.send(event);
    }
    try {
      open.commit();
      return true;
    } catch (ActiveMQDuplicateIdException e) {
      open.rollback();
      return false;
    }
  }

  private PublisherSession open() throws Exception {
    PublisherSession open = session;
    if (open == null || !open.isOpen()) {
      close();
      open = PublisherSession.open(connection);
      session = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close();
    }
    session = null;
  }
}
