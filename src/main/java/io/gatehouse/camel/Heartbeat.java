package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.LiveInstances;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.directory.OutcomeStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Records that this gateway is alive and which of its answers were written out, so that other
 * instances know which answers were not received.
 */
@Component("heartbeat")
final class Heartbeat implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final OutcomeStore outcomeStore;
  private final Instance instance;
  private final LiveInstances liveInstances;
  private final WrittenResponses writtenResponses;
  private WrittenResponses.Known told = WrittenResponses.Known.NOTHING;

  /**
   * Wires it.
   *
   * @param outcomes on a database connection of its own, so that writes cannot block it
   */
  Heartbeat(
      @Qualifier("heartbeatOutcomes") OutcomeStore outcomes,
      Instance instance,
      LiveInstances liveInstances,
      WrittenResponses writtenResponses) {
    this.outcomeStore = outcomes;
    this.instance = instance;
    this.liveInstances = liveInstances;
    this.writtenResponses = writtenResponses;
  }

  void beat() {
    liveInstances.found(outcomeStore.alive(instance.id()));
  }

  /**
   * Stores which answers were written out, if that has changed. Nothing is lost while the database
   * is unavailable, because the next call stores the complete state.
   */
  synchronized void recordWritten() {
    WrittenResponses.Known known = writtenResponses.snapshot();
    if (known.equals(told)) {
      return;
    }
    try {
      outcomeStore.recordWritten(instance.id(), known);
      writtenResponses.forget(known.lost());
      told = known;
    } catch (RuntimeException e) {
      LOG.debug("Which answers were received is recorded later", e);
    }
  }

  /**
   * Records twice, because the mark trails by one: the first call finds the newest command and the
   * second one stores it.
   */
  @Override
  public void destroy() {
    recordWritten();
    recordWritten();
    try {
      outcomeStore.ended(instance.id());
    } catch (RuntimeException e) {
      LOG.debug("The other instances notice the end of this one by its silence", e);
    }
  }
}
