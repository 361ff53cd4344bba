package io.gatehouse.delivery.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.EventTypeFilter;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.feed.EventFeed.Answer;
import io.gatehouse.delivery.feed.EventFeed.Request;
import io.gatehouse.support.Announcements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the feed answers, and for how long it waits for that. */
@Timeout(60)
class EventFeedRulesTest {

  private static final EventTypeFilter ALL = new EventTypeFilter(List.of());
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String CREATED = "gatehouse.user.created.v1";

  private final Subscription subscription = subscription(List.of());
  private final Log log = new Log();
  private final FeedNotifier bell = new FeedNotifier();
  private EventFeed feed = feed(10);

  @Test
  void givesEventsInOrderAndThePlaceAfterThem() {
    log.announce(Announcements.users(1, 3).toList());

    assertThat(sequences(read(0, 10))).containsExactly(1L, 2L, 3L);
    assertThat(sequences(read(2, 10))).containsExactly(3L);
    assertThat(read(0, 10).next()).isEqualTo(3);
    assertThat(read(0, 10).more()).isFalse();
  }

  @Test
  void givesAPageAndSaysThatThereIsMore() {
    log.announce(Announcements.users(1, 5).toList());
    List<Long> all = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    Answer.Events answer = new Answer.Events(List.of(), 0, true);

    while (answer.more()) {
      answer = read(answer.next(), 2);
      sizes.add(answer.bodies().size());
      all.addAll(sequences(answer));
    }

    assertThat(sizes).containsExactly(2, 2, 1);
    assertThat(all).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void neverSeparatesTheEventsOfOneChange() {
    log.announce(List.of(Announcements.joined(1, 1_501), Announcements.user(2)));

    Answer.Events first = read(0, 1);

    assertThat(first.bodies()).hasSize(4);
    assertThat(first.next()).isEqualTo(1);
    assertThat(first.more()).isTrue();
  }

  /** Else a subscriber who wants little would read the same changes again and again. */
  @Test
  void goesPastWhatIsNotWanted() {
    Subscription wants = subscription(List.of("gatehouse.user.*"));
    log.announce(List.of(Announcements.user(1), Announcements.joined(2, 1)));
    log.position = 9;
    Answer.Events answer =
        (Answer.Events)
            feed.read(
                wants, new Request(0, new EventTypeFilter(List.of(CREATED)), 10, Duration.ZERO));

    assertThat(answer.bodies()).isEmpty();
    assertThat(answer.next()).isEqualTo(9);
    assertThat(answer.more()).isFalse();
  }

  @Test
  void saysWhereToGoOnAfterManyChangesThatAreNotWanted() {
    log.announce(Announcements.users(1, 501).toList());
    Request creations = new Request(0, new EventTypeFilter(List.of(CREATED)), 10, LONG);

    Answer.Events answer = (Answer.Events) feed.read(subscription, creations);

    assertThat(answer).isEqualTo(new Answer.Events(List.of(), 500, true));
  }

  @Test
  void isGoneWhereTheLogIsNotComplete() {
    log.announce(Announcements.users(5, 7).toList());
    log.compacted = 4;

    assertThat(feed.read(subscription, request(3, 10, LONG))).isEqualTo(new Answer.Gone());
    assertThat(feed.read(subscription, request(8, 10, LONG))).isEqualTo(new Answer.Gone());
    assertThat(sequences(read(4, 10))).containsExactly(5L, 6L, 7L);
    assertThat(read(7, 10).bodies()).isEmpty();
  }

  @Test
  void doesNotWaitWhenNobodyAsksForThat() {
    assertThat(read(0, 10)).isEqualTo(new Answer.Events(List.of(), 0, false));
    assertThat(log.looks).hasSize(1);
  }

  @Test
  void waitsForAnEventAndGoesOnWhereItHasLookedAlready() throws Exception {
    log.announce(List.of(Announcements.joined(1, 1)));
    Request creations = new Request(0, new EventTypeFilter(List.of(CREATED)), 10, LONG);
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(() -> feed.read(subscription, creations));
    await().pollInterval(Duration.ofMillis(1)).until(() -> log.looks.size() >= 2);

    log.announce(List.of(Announcements.user(2, "created")));
    bell.wake(List.of("acme"));

    Answer.Events events = (Answer.Events) answer.get(10, TimeUnit.SECONDS);
    assertThat(sequences(events)).containsExactly(2L);
    assertThat(log.looks).startsWith(0L, 0L, 1L);
  }

  /** It does not ring here, so that this takes a second. */
  @Test
  void findsWhatAnotherGatewayHasAnnounced() {
    log.afterLook =
        looks -> {
          if (looks == 2) {
            log.announce(List.of(Announcements.user(1)));
          }
        };

    Answer answer = feed.read(subscription, request(0, 10, LONG));

    assertThat(sequences((Answer.Events) answer)).containsExactly(1L);
    assertThat(log.looks).hasSize(3);
  }

  @Test
  void waitsNoLongerWhenTheGatewayStops() {
    bell.close();

    assertThat(feed.read(subscription, request(0, 10, LONG)))
        .isEqualTo(new Answer.Events(List.of(), 0, false));
  }

  @Test
  void isBusyWithoutAPlaceToWaitAndStillGivesWhatThereIs() {
    feed = feed(0);

    assertThat(feed.read(subscription, request(0, 10, LONG))).isEqualTo(new Answer.Busy());

    log.announce(List.of(Announcements.user(1)));
    assertThat(sequences((Answer.Events) feed.read(subscription, request(0, 10, LONG))))
        .containsExactly(1L);
  }

  @Test
  void givesThePlaceBackAlsoAfterAFailure() {
    feed = feed(1);
    Request brief = request(0, 10, Duration.ofMillis(1));
    log.afterLook =
        looks -> {
          if (looks == 2) {
            throw new IllegalStateException("the database is away");
          }
        };

    assertThatThrownBy(() -> feed.read(subscription, brief)).hasMessage("the database is away");
    assertThat(feed.read(subscription, brief)).isInstanceOf(Answer.Events.class);
    assertThat(feed.read(subscription, brief)).isInstanceOf(Answer.Events.class);
  }

  @Test
  void hasFivePlacesForEachSubscriberAndNoMore() {
    LongPollSlots slots = new LongPollSlots(7);
    List<LongPollSlots.Place> taken = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      taken.add(slots.take("acme.one").orElseThrow());
    }

    assertThat(slots.take("acme.one")).isEmpty();
    slots.take("acme.two").orElseThrow();
    slots.take("acme.two").orElseThrow();
    assertThat(slots.take("acme.three")).as("all seven are taken").isEmpty();

    taken.get(0).close();
    assertThat(slots.take("acme.one")).isPresent();
    assertThat(slots.take("acme.three")).isEmpty();
  }

  /** The place to go on from is read first, so that nothing that happens meanwhile is missed. */
  @Test
  void givesThePresentStateWithThePlaceToGoOnFrom() {
    log.announce(Announcements.users(1, 4).toList());
    log.page = List.of(Announcements.user(1), Announcements.joined(2, 1));
    Subscription users = subscription(List.of("gatehouse.user.*"));

    EventFeed.Snapshot first = feed.snapshot(users, Optional.empty());

    assertThat(first.bodies()).hasSize(1);
    assertThat(first.place()).isEqualTo(new FeedLog.Place(4, false, null));
    assertThat(first.next()).contains(new FeedLog.Place(4, true, null));

    log.announce(List.of(Announcements.user(5)));
    assertThat(feed.snapshot(users, first.next()).place().asOf()).isEqualTo(4);
  }

  private EventFeed feed(int places) {
    return new EventFeed(log, new EventRenderer(Map.of()), bell, new LongPollSlots(places));
  }

  private Answer.Events read(long after, int limit) {
    return (Answer.Events) feed.read(subscription, request(after, limit, Duration.ZERO));
  }

  private static Request request(long after, int limit, Duration patience) {
    return new Request(after, ALL, limit, patience);
  }

  private static List<Long> sequences(Answer.Events events) {
    return events.bodies().stream()
        .map(it -> Long.valueOf(it.replaceAll(".*\"sequence\":\"(\\d+)\".*", "$1")))
        .toList();
  }

  private static Subscription subscription(List<String> types) {
    return new Subscription(UUID.randomUUID(), "acme", "training", Profile.NOTICE, types);
  }

  private static final class Log implements FeedLog {

    private final List<Announcement> changes = new CopyOnWriteArrayList<>();

    final List<Long> looks = new CopyOnWriteArrayList<>();
    volatile long position;
    volatile long compacted;
    volatile List<Announcement> page = List.of();
    volatile IntConsumer afterLook = looks -> {};

    void announce(List<Announcement> more) {
      changes.addAll(more);
      position = more.get(more.size() - 1).sequence();
    }

    @Override
    public Extent extent() {
      return new Extent(position, compacted);
    }

    @Override
    public Slice after(Subscription subscription, long place, int limit) {
      Slice slice =
          new Slice(
              extent(), changes.stream().filter(it -> it.sequence() > place).limit(limit).toList());
      looks.add(place);
      afterLook.accept(looks.size());
      return slice;
    }

    @Override
    public Page snapshot(Subscription subscription, Place place) {
      return new Page(page, Optional.of(new Place(place.asOf(), true, null)));
    }
  }
}
