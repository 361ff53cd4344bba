package io.gatehouse.camel.queue;

import io.gatehouse.ProcessExit;
import io.gatehouse.broker.UnreadableMessages;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the available messages, at most a batch, in one transacted session, and never waits for a
 * batch to fill. The store commits inside the route, the session after it; a crash in between
 * causes a second delivery, which the claim of the command id drops. After a failure it pauses
 * before it reads on, because a redelivery delay in the broker would break the order. Only {@code
 * stop} ends it, because a queue without a reader would look like an empty one.
 */
final class BatchReader<T> implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(BatchReader.class);
  private static final long POLL_MILLIS = 500;

  /** The time in which messages of concurrent requests usually arrive. */
  private static final long TOGETHER_MILLIS = 1;

  /**
   * Characters after which a batch takes no further message, so that large messages are taken one
   * by one.
   */
  private static final int FULL = 2_000_000;

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LAST_PAUSE_MILLIS = 5_000;

  private final QueueConsumer<T> consumer;
  private final QueueAccess access;
  private final QueueComponent.Reading<T> reading;
  private final CountDownLatch stop;
  private long pause = FIRST_PAUSE_MILLIS;

  BatchReader(
      QueueConsumer<T> consumer,
      QueueAccess access,
      QueueComponent.Reading<T> reading,
      CountDownLatch stop) {
    this.consumer = consumer;
    this.access = access;
    this.reading = reading;
    this.stop = stop;
  }

  @Override
  public void run() {
    while (!stopped()) {
      try {
        readInSession();
      } catch (JMSException e) {
        LOG.warn("The queue {} cannot be read: {}", reading.queue(), e.getMessage());
        pause();
      } catch (Throwable e) {
        LOG.error("The queue {} cannot be read", reading.queue(), e);
        ProcessExit.check(e);
        pause();
      }
    }
  }

  private void readInSession() throws JMSException {
    try (Connection connection = access.reading().createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageConsumer messages = session.createConsumer(session.createQueue(reading.queue()))) {
      connection.start();
      restore(session);
      read(session, messages);
    }
  }

  /** Takes up what an older gateway has put aside; reading goes on when that is not possible. */
  private void restore(Session session) throws JMSException {
    if (!reading.format().mayComeLate()) {
      return;
    }
    try {
      int restored = UnreadableMessages.restore(session, reading.queue(), this::isReadable);
      if (restored > 0) {
        LOG.info("{} messages that were put aside are back on {}", restored, reading.queue());
      }
    } catch (JMSException e) {
      LOG.warn("What was put aside of {} stays there: {}", reading.queue(), e.getMessage());
      session.rollback();
    }
  }

  private boolean isReadable(Message message) {
    try {
      reading.format().decode(((TextMessage) message).getText());
      return true;
    } catch (JMSException | RuntimeException e) {
      LOG.debug("A message that was put aside stays there", e);
      return false;
    }
  }

  private void read(Session session, MessageConsumer messages) throws JMSException {
    while (!stopped()) {
      Message first = messages.receive(POLL_MILLIS);
      if (first != null && process(session, batch(session, messages, first))) {
        pause = FIRST_PAUSE_MILLIS;
      }
    }
  }

  private List<T> batch(Session session, MessageConsumer messages, Message first)
      throws JMSException {
    List<T> batch = new ArrayList<>();
    Message next = first;
    int text = 0;
    while (next != null) {
      text += add(batch, session, next);
      boolean full = batch.size() >= reading.maxBatch() || text >= FULL;
      next = full ? null : another(messages, batch.size());
    }
    return batch;
  }

  /**
   * A further message for the batch. While there are requests whose messages it has not, it gives
   * them a moment: that saves a transaction for each. Else it asks the broker, which takes a
   * fraction of that moment: a client on its own would wait it out with each request.
   */
  private @Nullable Message another(MessageConsumer messages, int taken) throws JMSException {
    return taken == access.underWay().getAsInt()
        ? messages.receiveNoWait()
        : messages.receive(TOGETHER_MILLIS);
  }

  /**
   * Adds a message to the batch. Moves an unreadable message to a queue for administrators, in the
   * same transaction.
   *
   * @return the length of the text
   */
  private int add(List<T> batch, Session session, Message message) throws JMSException {
    try {
      String text = ((TextMessage) message).getText();
      batch.add(reading.format().decode(text));
      return text.length();
    } catch (RuntimeException e) {
      LOG.error(
          "A message on the queue {} cannot be read and is put aside, on the queue of dead messages",
          reading.queue(),
          e);
      UnreadableMessages.add(session, message, reading.queue());
      return 0;
    }
  }

  private boolean process(Session session, List<T> batch) throws JMSException {
    Exchange exchange = consumer.createExchange(true);
    exchange.getMessage().setBody(batch);
    Exception failure = failureOf(exchange);
    if (failure == null) {
      session.commit();
      return true;
    }
    ProcessExit.check(failure);
    LOG.warn(
        "{} of the queue {} are delivered again: {}",
        batch.size(),
        reading.queue(),
        failure.getMessage());
    session.rollback();
    pause();
    return false;
  }

  private @Nullable Exception failureOf(Exchange exchange) {
    try {
      consumer.getProcessor().process(exchange);
      return exchange.getException();
    } catch (Exception e) {
      return e;
    } finally {
      consumer.releaseExchange(exchange, true);
    }
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  private void pause() {
    try {
      if (!stop.await(pause, TimeUnit.MILLISECONDS)) {
        pause = Math.min(LAST_PAUSE_MILLIS, pause * 2);
      }
    } catch (InterruptedException e) {
      // Only {@code stop} ends the reader; a stray interrupt does not.
      LOG.debug("The pause was interrupted", e);
    }
  }
}
