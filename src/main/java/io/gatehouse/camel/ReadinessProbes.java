package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.ProbeResults;
import io.gatehouse.directory.Directory;
import io.gatehouse.directory.OutcomeStore;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends probes through the command queue, receives the news that they were applied, and logs
 * changes of readiness.
 */
final class ReadinessProbes {

  private static final Logger LOG = LoggerFactory.getLogger(ReadinessProbes.class);

  /**
   * The first checks after a start do not count as an outage, because no probe has returned yet.
   */
  private static final int FIRST_LOOKS = 4;

  private static final Caller NOBODY = new Caller(new UUID(0, 0), "gatehouse", null, "probe");

  private final ProbeResults probeResults;
  private final OutcomeStore store;
  private final Instance instance;
  private final ProducerTemplate template;
  private List<ProbeResults.Part> reported = List.of();
  private int looks;

  /**
   * Wires it.
   *
   * @param store on a database connection of its own, with short limits
   */
  ReadinessProbes(
      ProbeResults probeResults, OutcomeStore store, Instance instance, CamelContext camel) {
    this.probeResults = probeResults;
    this.store = store;
    this.instance = instance;
    this.template = camel.createProducerTemplate();
  }

  /** Sends a probe by the route {@code command-send}. */
  void send() {
    Clock clock = Clock.systemUTC();
    CommandId id = probeResults.begin(clock.instant());
    Envelope.Trace trace =
        new Envelope.Trace(instance.id(), clock.instant(), id.toString(), List.of());
    try {
      template.sendBody(
          "direct:command-send", new Envelope(id, NOBODY, new Command.Probe(id.value()), trace));
      probeResults.sent();
    } catch (CamelExecutionException e) {
      LOG.debug("A probe was not taken by the broker", e);
      probeResults.refused(id);
    }
  }

  /** Receives the batches that were applied by this instance. */
  void applied(List<Directory.Applied> batch) {
    batch.forEach(it -> probeResults.applied(it.envelope().id()));
  }

  /** Receives the message that another instance has applied a command of this one. */
  void appliedElsewhere(String commandId) {
    probeResults.applied(new CommandId(UUID.fromString(commandId)));
  }

  /**
   * Also writes to the database directly, to find out which part is down; logs each change once.
   */
  void check() {
    probeResults.asking();
    try {
      store.touch(instance.id());
      probeResults.written();
    } catch (RuntimeException e) {
      LOG.debug("The database did not take a probe", e);
    }
    report(probeResults.down());
  }

  private synchronized void report(List<ProbeResults.Part> down) {
    looks++;
    if (down.equals(reported) || (looks < FIRST_LOOKS && !down.isEmpty())) {
      return;
    }
    if (down.isEmpty()) {
      LOG.info("Ready again: commands are taken in and applied");
    } else {
      LOG.warn(
          "Not ready: no probe comes back; down: {}",
          down.stream().map(ProbeResults.Part::word).collect(Collectors.joining(", ")));
    }
    reported = down;
  }
}
