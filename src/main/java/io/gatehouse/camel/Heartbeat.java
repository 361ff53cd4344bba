package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.command.Hearing;
import io.gatehouse.directory.Outcomes;
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

  private final Outcomes outcomes;
  private final Instance instance;
  private final Hearing hearing;
  private Hearing.Known told = Hearing.Known.NOTHING;

  /**
   * Wires it.
   *
   * @param outcomes on a connection of its own, which no write can take
   */
  Heartbeat(@Qualifier("heartbeatOutcomes") Outcomes outcomes, Instance instance, Hearing hearing) {
    this.outcomes = outcomes;
    this.instance = instance;
    this.hearing = hearing;
  }

  void beat() {
    outcomes.alive(instance.id());
  }

  /**
   * Keeps which answers were written out, if there is news of that. While the database is away,
   * nothing is lost: the next time tells it all.
   */
  synchronized void tell() {
    Hearing.Known known = hearing.look();
    if (known.equals(told)) {
      return;
    }
    try {
      outcomes.heard(instance.id(), known);
      hearing.forget(known.lost());
      told = known;
    } catch (RuntimeException e) {
      LOG.debug("Which answers were heard is told later", e);
    }
  }

  /** Twice, because the first look finds the newest mark and the second one tells it. */
  @Override
  public void destroy() {
    tell();
    tell();
  }
}
