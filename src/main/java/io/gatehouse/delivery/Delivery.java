package io.gatehouse.delivery;

import io.gatehouse.change.ChangeLog;
import io.gatehouse.change.ChangeLog.Announcement;
import java.util.Arrays;
import java.util.List;

/** Renders each change once for each profile and publishes it on the address of that profile. */
public final class Delivery implements ChangeLog.Announcer {

  private final Publisher publisher;

  public Delivery(Publisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void announce(List<Announcement> announcements) {
    publisher.publish(
        announcements.stream()
            .flatMap(
                change ->
                    Arrays.stream(Profile.values())
                        .flatMap(profile -> Event.of(profile, change).stream()))
            .toList());
  }
}
