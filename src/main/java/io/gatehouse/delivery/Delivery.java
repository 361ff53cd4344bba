package io.gatehouse.delivery;

import io.gatehouse.change.ChangeLog.Announcement;
import java.util.List;

/** Renders each change once for each profile and publishes it on the address of that profile. */
public final class Delivery {

  private final Rendering rendering;
  private final Publisher publisher;

  public Delivery(Rendering rendering, Publisher publisher) {
    this.rendering = rendering;
    this.publisher = publisher;
  }

  public void announce(List<Announcement> announcements) {
    publisher.publish(
        announcements.stream().flatMap(change -> rendering.of(change).stream()).toList());
  }
}
