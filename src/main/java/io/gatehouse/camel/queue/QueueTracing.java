package io.gatehouse.camel.queue;

import io.gatehouse.command.MessageTraces;
import io.gatehouse.command.MessageTraces.Step;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Traces what is sent to a queue, and the batches that are taken from it. */
record QueueTracing<T>(QueueFormat<T> format, MessageTraces<T> traces) {

  /** Traces the route that processes the batches of a queue. */
  Processor around(Processor route) {
    return exchange -> run(traces.process(batch(exchange.getMessage())), exchange, route);
  }

  /** The batch that {@link BatchReader} has read. */
  @SuppressWarnings("unchecked")
  private List<T> batch(Message message) {
    return (List<T>) Objects.requireNonNull(message.getBody(List.class));
  }

  /** Traces a producer. */
  Producer around(Endpoint endpoint, Processor producer) {
    return new DefaultProducer(endpoint) {
      @Override
      public void process(Exchange exchange) throws Exception {
        run(traces.send(format.in(exchange.getMessage())), exchange, producer);
      }
    };
  }

  private static void run(Step<?> step, Exchange exchange, Processor next) throws Exception {
    exchange.getMessage().setBody(step.message());
    @Nullable Throwable failure = null;
    try {
      next.process(exchange);
      failure = exchange.getException();
    } catch (Exception | Error e) {
      failure = e;
      throw e;
    } finally {
      step.end(failure);
    }
  }
}
