package io.gatehouse.delivery;

import io.gatehouse.change.ChangeLog.Announcement;
import java.util.List;

/** Renders each change once for each profile and publishes it on the address of that profile. */
public final class EventAnnouncer {

  private final EventRenderer renderer;
  private final EventPublisher publisher;

  public EventAnnouncer(EventRenderer renderer, EventPublisher publisher) {
    this.renderer = renderer;
    this.publisher = publisher;
  }

  public void announce(List<Announcement> announcements) {
    publisher.publish(
        announcements.stream().flatMap(change -> renderer.of(change).stream()).toList());
  }
}
