package io.gatehouse.camel.queue;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultProducer;

/** Measures what is sent to a queue, and the batches that are taken from it. */
public final class QueueMeter {

  private final Timer sent;
  private final Timer refused;
  private final Timer applied;
  private final Timer again;
  private final DistributionSummary size;

  private QueueMeter(MeterRegistry registry, String stage) {
    String prefix = "gatehouse." + stage;
    String send = "durable sends to the queue, until the broker has confirmed";
    String apply = "batches of the queue, until their transaction has ended";
    sent = timer(prefix + ".send", send, "sent").register(registry);
    refused = timer(prefix + ".send", send, "refused").register(registry);
    applied = timer(prefix + ".apply", apply, "applied").register(registry);
    again = timer(prefix + ".apply", apply, "again").register(registry);
    size =
        DistributionSummary.builder(prefix + ".batch")
            .description("messages of a batch")
            .register(registry);
  }

  /** Measures the queue of a stage. */
  public static QueueMeter of(MeterRegistry registry, String stage) {
    return new QueueMeter(registry, stage);
  }

  static QueueMeter none() {
    return new QueueMeter(new CompositeMeterRegistry(), "none");
  }

  private static Timer.Builder timer(String name, String description, String outcome) {
    return Timer.builder(name).description(description).tag("outcome", outcome);
  }

  /** Measures the route that applies the batches of a queue. */
  Processor around(Processor route) {
    return exchange -> {
      long start = System.nanoTime();
      boolean done = false;
      try {
        if (exchange.getMessage().getBody() instanceof List<?> batch) {
          size.record(batch.size());
        }
        route.process(exchange);
        done = exchange.getException() == null;
      } finally {
        (done ? applied : again).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      }
    };
  }

  /** Measures a producer. */
  Producer around(Endpoint endpoint, Processor producer) {
    return new DefaultProducer(endpoint) {
      @Override
      public void process(Exchange exchange) throws Exception {
        long start = System.nanoTime();
        boolean done = false;
        try {
          producer.process(exchange);
          done = true;
        } finally {
          (done ? sent : refused).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
      }
    };
  }
}
