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
   * Announces changes. The subscriptions are read a second time after sending, because a queue may
   * have been made in between: a profile that is new then gets the same events. A subscription that
   * is not there then has made its queue later, and its events begin with the next change.
   */
  public void announce(List<Announcement> announcements) {
    Set<String> tenants =
        announcements.stream().map(Announcement::tenantSlug).collect(Collectors.toSet());
    Map<String, Set<Profile>> known = subscribed.apply(tenants);
    publish(announcements, known);
    if (!haveAllProfiles(known, tenants)) {
      publish(announcements, newProfiles(known, subscribed.apply(tenants)));
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

  private static boolean haveAllProfiles(Map<String, Set<Profile>> known, Set<String> tenants) {
    return tenants.stream()
        .allMatch(it -> known.getOrDefault(it, Set.of()).size() == Profile.values().length);
  }

  private static Map<String, Set<Profile>> newProfiles(
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
