package io.gatehouse.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.support.Announcements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The profiles for which a change is announced. */
class EventAnnouncerTest {

  private final Map<String, Set<Profile>> subscribed = new HashMap<>();
  private final List<List<CloudEvent>> sent = new ArrayList<>();
  private final List<Runnable> meanwhile = new ArrayList<>();
  private final EventAnnouncer announcer =
      new EventAnnouncer(
          new EventRenderer(Map.of()),
          events -> {
            sent.add(events);
            meanwhile.forEach(Runnable::run);
            meanwhile.clear();
          },
          tenants -> Map.copyOf(subscribed));

  @ParameterizedTest
  @EnumSource(Profile.class)
  void sendsOnlyToTheProfileThatHasASubscription(Profile profile) {
    subscribed.put("acme", Set.of(profile));

    announcer.announce(changes());

    assertThat(sent).hasSize(1);
    assertThat(sent.get(0))
        .extracting(CloudEvent::address)
        .containsExactly(profile.address(), profile.address());
  }

  @Test
  void sendsTheSameEventsToEachProfileAsToItAlone() {
    subscribed.put("acme", Set.of(Profile.values()));

    announcer.announce(changes());

    EventRenderer renderer = new EventRenderer(Map.of());
    assertThat(sent).hasSize(1);
    for (Profile profile : Profile.values()) {
      assertThat(sent.get(0))
          .filteredOn(it -> it.address().equals(profile.address()))
          .isEqualTo(changes().stream().flatMap(it -> renderer.of(profile, it).stream()).toList());
    }
  }

  @Test
  void sendsTheChangesOfEachTenantToItsOwnProfiles() {
    subscribed.put("acme", Set.of(Profile.NOTICE));
    subscribed.put("globex", Set.of(Profile.HR));
    Announcement acme = Announcements.user(1);
    Announcement globex =
        new Announcement(2, new UUID(1, 2), "globex", acme.subject(), acme.type(), acme.data());

    announcer.announce(List.of(acme, globex));

    assertThat(sent.get(0))
        .extracting(CloudEvent::tenant, CloudEvent::address)
        .containsExactly(
            tuple("acme", Profile.NOTICE.address()), tuple("globex", Profile.HR.address()));
  }

  @Test
  void sendsNothingWithoutASubscription() {
    subscribed.put("globex", Set.of(Profile.HR));

    announcer.announce(changes());

    assertThat(sent).isEmpty();
  }

  /** Its queue may be there in time for the events, which a lookup before them has not seen. */
  @Test
  void sendsToASubscriptionThatIsMadeMeanwhile() {
    subscribed.put("acme", Set.of(Profile.NOTICE));
    meanwhile.add(() -> subscribed.put("acme", Set.of(Profile.NOTICE, Profile.HR)));

    announcer.announce(changes());

    assertThat(sent).hasSize(2);
    assertThat(sent.get(0)).extracting(CloudEvent::address).containsOnly(Profile.NOTICE.address());
    assertThat(sent.get(1))
        .extracting(CloudEvent::address)
        .containsExactly(Profile.HR.address(), Profile.HR.address());
  }

  @Test
  void sendsNothingAgainWhenASubscriptionIsRemovedMeanwhile() {
    subscribed.put("acme", Set.of(Profile.NOTICE));
    meanwhile.add(subscribed::clear);

    announcer.announce(changes());

    assertThat(sent).hasSize(1);
  }

  private static List<Announcement> changes() {
    return IntStream.rangeClosed(1, 2).mapToObj(Announcements::user).toList();
  }
}
