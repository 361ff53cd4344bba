package io.gatehouse.camel.queue;

import io.gatehouse.command.MessageTraces;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * {@code command-queue:name?consumers=2&maxBatch=128}. A producer sends the body durably and in
 * order per key. A consumer passes the available messages on as a list, and acknowledges them only
 * when the route has ended without an exception.
 */
public final class QueueComponent<T> extends DefaultComponent {

  private final QueueFormat<T> format;
  private final QueueAccess access;
  private final QueueMeter meter;
  private final @Nullable QueueTracing<T> tracing;

  public QueueComponent(QueueFormat<T> format, QueueAccess access) {
    this(format, access, QueueMeter.none(), null);
  }

  /**
   * Creates a component.
   *
   * @param traces null when nothing is traced
   */
  public QueueComponent(
      QueueFormat<T> format,
      QueueAccess access,
      QueueMeter meter,
      @Nullable MessageTraces<T> traces) {
    this.format = format;
    this.access = access;
    this.meter = meter;
    this.tracing = traces == null ? null : new QueueTracing<>(format, traces);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String queue, Map<String, Object> parameters) {
    int consumers = getAndRemoveParameter(parameters, "consumers", Integer.class, 2);
    int maxBatch = getAndRemoveParameter(parameters, "maxBatch", Integer.class, 128);
    return new QueueEndpoint(uri, this, new Reading<>(queue, consumers, maxBatch, format));
  }

  /**
   * The settings of a consumer.
   *
   * @param consumers number of threads, each with a session of its own
   * @param maxBatch maximum number of messages in one transaction
   */
  record Reading<T>(String queue, int consumers, int maxBatch, QueueFormat<T> format) {}

  /** The endpoint of one queue. */
  final class QueueEndpoint extends DefaultEndpoint {

    private final Reading<T> reading;

    QueueEndpoint(String uri, QueueComponent<T> component, Reading<T> reading) {
      super(uri, component);
      this.reading = reading;
    }

    @Override
    public Producer createProducer() {
      Producer producer =
          meter.around(this, new QueueProducer<>(this, format, access, reading.queue()));
      return tracing == null ? producer : tracing.around(this, producer);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      Processor measured = meter.around(processor);
      return new QueueConsumer<>(
          this, tracing == null ? measured : tracing.around(measured), access, reading);
    }
  }
}
