package io.gatehouse.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.scim.Json;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Renders changes as events, for each profile with its permitted attributes. */
public final class EventRenderer {

  private final Map<Profile, ProfileView> views = new EnumMap<>(Profile.class);

  /**
   * Creates a renderer with these allow-lists.
   *
   * @param attributes by profile; a profile without an entry keeps its default
   */
  public EventRenderer(Map<Profile, Set<String>> attributes) {
    for (Profile profile : Profile.values()) {
      AllowList allowed = new AllowList(attributes.getOrDefault(profile, profile.attributes()));
      views.put(profile, new ProfileView(profile, allowed));
    }
  }

  /** The events of a change, for one profile. */
  public List<CloudEvent> of(Profile profile, Announcement change) {
    return of(Set.of(profile), change);
  }

  /** The events of a change, for some profiles; the change is read once for all of them. */
  List<CloudEvent> of(Set<Profile> profiles, Announcement change) {
    ObjectNode log = Json.stored(change.data());
    return profiles.stream()
        .map(it -> Objects.requireNonNull(views.get(it)))
        .flatMap(view -> CloudEvent.of(view, change, log).stream())
        .toList();
  }
}
