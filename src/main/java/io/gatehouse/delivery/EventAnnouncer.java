package io.gatehouse.delivery;

import io.gatehouse.change.ChangeLog.Announcement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Renders each change once for each profile to which its tenant has a subscription, and publishes
 * it on the address of that profile.
 */
public final class EventAnnouncer {

  private final EventRenderer renderer;
  private final EventPublisher publisher;
  private final Function<Set<String>, Map<String, Set<Profile>>> subscribed;

  /**
   * Creates an announcer.
   *
   * @param subscribed returns the profiles to which these tenants have subscriptions, as of the
   *     call; a subscription must count before its queue exists
   */
  public EventAnnouncer(
      EventRenderer renderer,
      EventPublisher publisher,
      Function<Set<String>, Map<String, Set<Profile>>> subscribed) {
    this.renderer = renderer;
    this.publisher = publisher;
    this.subscribed = subscribed;
  }

  /**
   * Announces changes. The subscriptions are read again after the events were sent: the queue of a
   * subscription that was not there before may have been made just before the events would have
   * arrived at it. The queue of one that is not there then either was made after them.
   */
  public void announce(List<Announcement> announcements) {
    Set<String> tenants =
        announcements.stream().map(Announcement::tenantSlug).collect(Collectors.toSet());
    Map<String, Set<Profile>> known = subscribed.apply(tenants);
    publish(announcements, known);
    if (!areAll(known, tenants)) {
      publish(announcements, added(known, subscribed.apply(tenants)));
    }
  }

  private void publish(List<Announcement> announcements, Map<String, Set<Profile>> wanted) {
    List<CloudEvent> events = new ArrayList<>();
    for (Announcement change : announcements) {
      Set<Profile> profiles = wanted.getOrDefault(change.tenantSlug(), Set.of());
      if (!profiles.isEmpty()) {
        events.addAll(renderer.of(profiles, change));
      }
    }
    if (!events.isEmpty()) {
      publisher.publish(events);
    }
  }

  private static boolean areAll(Map<String, Set<Profile>> known, Set<String> tenants) {
    return tenants.stream()
        .allMatch(it -> known.getOrDefault(it, Set.of()).size() == Profile.values().length);
  }

  private static Map<String, Set<Profile>> added(
      Map<String, Set<Profile>> known, Map<String, Set<Profile>> now) {
    Map<String, Set<Profile>> added = new HashMap<>();
    now.forEach(
        (tenant, profiles) -> {
          Set<Profile> others = EnumSet.noneOf(Profile.class);
          others.addAll(profiles);
          others.removeAll(known.getOrDefault(tenant, Set.of()));
          added.put(tenant, others);
        });
    return added;
  }
}
