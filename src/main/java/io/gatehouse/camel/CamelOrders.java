package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Orders;
import io.gatehouse.command.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Puts commands on the routes {@code command-order} and {@code command-send}. */
@Component
final class CamelOrders implements Orders {

  private final ProducerTemplate template;
  private final Clock clock;
  private final Instance instance;

  CamelOrders(CamelContext camel, Clock clock, Instance instance) {
    this.template = camel.createProducerTemplate();
    this.clock = clock;
    this.instance = instance;
  }

  @Override
  public Outcome submit(Caller caller, Command command) {
    Exchange done =
        template.request(
            "direct:command-order", it -> it.getMessage().setBody(envelope(caller, command)));
    Outcome outcome = done.getMessage().getBody(Outcome.class);
    return outcome == null || done.getException() != null
        ? new Outcome.Refused(Failures.refusal(done.getException()))
        : outcome;
  }

  @Override
  public void send(Caller caller, Command command) {
    try {
      template.sendBody("direct:command-send", envelope(caller, command));
    } catch (CamelExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Nobody repeats such a command byte by byte, so its fingerprint is its own. */
  private Envelope envelope(Caller caller, Command command) {
    Instant now = clock.instant();
    CommandId id = CommandId.next(now);
    return new Envelope(
        id, caller, command, new Envelope.Trace(instance.id(), now, id.toString(), List.of()));
  }
}
