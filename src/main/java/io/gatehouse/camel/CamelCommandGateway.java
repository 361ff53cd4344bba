package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.command.LogScope;
import io.gatehouse.command.Outcome;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends commands to the routes {@code command-submit} and {@code command-send}. */
@Component
final class CamelCommandGateway implements CommandGateway {

  private final ProducerTemplate template;
  private final Clock clock;
  private final Instance instance;
  private final AuditLog.Origins origins;

  CamelCommandGateway(
      CamelContext camel, Clock clock, Instance instance, AuditLog.Origins origins) {
    this.origins = origins;
    this.template = camel.createProducerTemplate();
    this.clock = clock;
    this.instance = instance;
  }

  @Override
  public Outcome submit(Caller caller, Command command) {
    return submit(envelope(caller, command));
  }

  @Override
  public Outcome submit(CommandId id, Caller caller, Command command, EventOrigin origin) {
    return submit(envelope(id, caller, command, origin));
  }

  private Outcome submit(Envelope envelope) {
    Exchange done =
        template.request("direct:command-submit", it -> it.getMessage().setBody(envelope));
    Outcome outcome = done.getMessage().getBody(Outcome.class);
    return outcome == null || done.getException() != null
        ? refused(envelope, done.getException())
        : outcome;
  }

  private static Outcome refused(Envelope envelope, @Nullable Throwable cause) {
    try (LogScope log = LogScope.of(envelope)) {
      return new Outcome.Refused(RouteFailures.refusal(cause));
    }
  }

  @Override
  public void send(Caller caller, Command command) {
    send(envelope(caller, command));
  }

  @Override
  public void send(CommandId id, Caller caller, Command command, EventOrigin origin) {
    send(envelope(id, caller, command, origin));
  }

  @Override
  public void send(CommandId id, Caller caller, Command command) {
    send(envelope(id, caller, command, null));
  }

  private void send(Envelope envelope) {
    try {
      template.sendBody("direct:command-send", envelope);
    } catch (CamelExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * Gives the command a fingerprint of its own, because its sender never retries it byte by byte.
   */
  private Envelope envelope(Caller caller, Command command) {
    return envelope(CommandId.next(clock.instant()), caller, command, null);
  }

  private Envelope envelope(
      CommandId id, Caller caller, Command command, @Nullable EventOrigin origin) {
    return new Envelope(
        id,
        caller,
        command,
        new Envelope.Trace(
            instance.id(),
            clock.instant(),
            id.toString(),
            List.of(),
            origin,
            origins.get().orElse(null)));
  }
}
