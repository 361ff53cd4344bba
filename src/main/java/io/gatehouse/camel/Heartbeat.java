package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.command.WrittenResponses;
import io.gatehouse.directory.OutcomeStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Shows that this gateway is alive, and which of its answers were written out, so that others know
 * which ones were never heard.
 */
@Component("heartbeat")
final class Heartbeat implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final OutcomeStore outcomeStore;
  private final Instance instance;
  private final WrittenResponses writtenResponses;
  private WrittenResponses.Known told = WrittenResponses.Known.NOTHING;

  /**
   * Wires it.
   *
   * @param outcomes on a connection of its own, which no write can take
   */
  Heartbeat(
      @Qualifier("heartbeatOutcomes") OutcomeStore outcomes,
      Instance instance,
      WrittenResponses writtenResponses) {
    this.outcomeStore = outcomes;
    this.instance = instance;
    this.writtenResponses = writtenResponses;
  }

  void beat() {
    outcomeStore.alive(instance.id());
  }

  /**
   * Keeps which answers were written out, if there is news of that. While the database is away,
   * nothing is lost: the next time tells it all.
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
      LOG.debug("Which answers were heard is told later", e);
    }
  }

  /** Twice, because the first look finds the newest mark and the second one tells it. */
  @Override
  public void destroy() {
    recordWritten();
    recordWritten();
  }
}
