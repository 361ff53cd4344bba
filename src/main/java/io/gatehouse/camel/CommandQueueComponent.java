package io.gatehouse.camel;

import jakarta.jms.ConnectionFactory;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.springframework.stereotype.Component;

/**
 * {@code command-queue:name?consumers=2&maxBatch=128}. As a target it sends the {@link Submission}
 * or the envelope in the body, durably and in order per key. As a source it hands over what is
 * there, as a list of envelopes, and takes it off the queue only when the route has ended without
 * an exception.
 */
@Component("command-queue")
final class CommandQueueComponent extends DefaultComponent {

  private final ConnectionFactory connections;

  CommandQueueComponent(ConnectionFactory connections) {
    this.connections = connections;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String queue, Map<String, Object> parameters) {
    int consumers = getAndRemoveParameter(parameters, "consumers", Integer.class, 2);
    int maxBatch = getAndRemoveParameter(parameters, "maxBatch", Integer.class, 128);
    return new CommandQueueEndpoint(uri, this, new Reading(queue, consumers, maxBatch));
  }

  /**
   * How a queue is read.
   *
   * @param consumers threads, each with a session of its own
   * @param maxBatch messages in one transaction
   */
  record Reading(String queue, int consumers, int maxBatch) {}

  /** One queue. */
  final class CommandQueueEndpoint extends DefaultEndpoint {

    private final Reading reading;

    CommandQueueEndpoint(String uri, CommandQueueComponent component, Reading reading) {
      super(uri, component);
      this.reading = reading;
    }

    @Override
    public Producer createProducer() {
      return new CommandQueueProducer(this, connections, reading.queue());
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new CommandQueueConsumer(this, processor, connections, reading);
    }
  }
}
