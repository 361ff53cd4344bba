package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.directory.Outcomes;
import org.springframework.stereotype.Component;

/** Shows that this gateway is alive, so that others know which answers can still be heard. */
@Component("heartbeat")
final class Heartbeat {

  private final Outcomes outcomes;
  private final Instance instance;

  Heartbeat(Outcomes outcomes, Instance instance) {
    this.outcomes = outcomes;
    this.instance = instance;
  }

  void beat() {
    outcomes.alive(instance.id());
  }
}
