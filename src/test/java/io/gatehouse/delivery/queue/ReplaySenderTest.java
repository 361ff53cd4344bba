package io.gatehouse.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.ReplayJobs.Job;
import io.gatehouse.delivery.queue.ReplayJobs.Stage;
import io.gatehouse.support.Announcements;
import io.gatehouse.support.FakeUnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages for one subscriber: in order, none lost, and no more than there is room for. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplaySenderTest {

  private static final long LIMIT = 1_000;
  private static final String COMPLETED = "gatehouse.feed.bootstrap.completed.v1";

  private final FakeUnitOfWork unit = new FakeUnitOfWork();
  private final FakeReplayJobs jobs = new FakeReplayJobs(unit);
  private final FakeQueueDepths depths = new FakeQueueDepths();
  private final List<CloudEvent> published = new ArrayList<>();
  private final Subscription training = subscription("training", List.of());
  private EventPublisher broker = published::addAll;

  private final ReplaySender sender =
      new ReplaySender(
          unit,
          jobs,
          new ReplaySender.Room(new LagMonitor.Limits(LIMIT, Duration.ofDays(1)), depths),
          new EventRenderer(Map.of()),
          events -> {
            assertThat(events).as("nothing is sent for nothing").isNotEmpty();
            broker.publish(events);
          });

  @Test
  void sendsAllPagesInOrderToTheQueueOfTheSubscriber() {
    Job job = jobs.add(training, Stage.LOG, List.of(page(1, 2), page(3, 4), page(5, 5)));

    sender.run();

    assertThat(published)
        .extracting(ReplaySenderTest::sequence)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(published)
        .allMatch(it -> it.address().equals(training.fullyQualifiedQueue()))
        .allMatch(it -> it.id().endsWith(":" + job.id()));
    assertThat(jobs.left()).isZero();
    assertThat(unit.committed()).as("each page, and the look that finds no more").isEqualTo(4);
  }

  @Test
  void saysWhenAllOfThePresentStateWasSent() {
    jobs.add(training, Stage.GROUPS, List.of(page(1, 1), List.of(Announcements.joined(2, 1))));

    sender.run();

    assertThat(published).hasSize(3);
    assertThat(published.get(2).type()).isEqualTo(COMPLETED);
    assertThat(published.get(2).body()).contains("\"position\":77");
    assertThat(published.get(2).address()).isEqualTo(training.fullyQualifiedQueue());
  }

  @Test
  void saysSoAlsoWhenThereIsNothingToSend() {
    jobs.add(training, Stage.GROUPS, List.of(List.of()));

    sender.run();

    assertThat(published).extracting(CloudEvent::type).containsExactly(COMPLETED);
    assertThat(jobs.left()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"USERS", "LOG"})
  void doesNotSaySoAfterOtherStages(Stage stage) {
    jobs.add(training, stage, List.of(page(1, 1)));

    sender.run();

    assertThat(published).extracting(CloudEvent::type).containsExactly("gatehouse.user.updated.v1");
  }

  @Test
  void sendsOnlyTheTypesThatTheSubscriberWants() {
    Subscription leavers = subscription("leavers", List.of("gatehouse.user.deactivated.*"));
    jobs.add(
        leavers,
        Stage.LOG,
        List.of(List.of(Announcements.user(1, "deactivated"), Announcements.user(2))));

    sender.run();

    assertThat(published).extracting(ReplaySenderTest::sequence).containsExactly(1L);
  }

  /** With the same ids, so that the broker drops what it has of it. */
  @Test
  void sendsAPageAgainThatIsInDoubt() {
    jobs.add(training, Stage.LOG, List.of(page(1, 2), page(3, 4)));
    broker =
        events -> {
          published.addAll(events);
          if (sequence(events.get(0)) == 3) {
            throw new IllegalStateException("no confirmation");
          }
        };

    assertThatThrownBy(sender::run).hasMessage("no confirmation");
    List<CloudEvent> first = List.copyOf(published);
    broker = published::addAll;
    sender.run();

    assertThat(published.subList(first.size(), published.size())).isEqualTo(first.subList(2, 4));
    assertThat(jobs.left()).isZero();
  }

  /** A queue is filled by half at most, so that a catch-up makes no laggard of its subscriber. */
  @Test
  void waitsUntilThereIsRoomAndServesOthersMeanwhile() {
    Subscription payroll = subscription("payroll", List.of());
    depths.set(training, LIMIT / 2, 0);
    depths.set(payroll, LIMIT / 2 - 1, 0);
    jobs.add(training, Stage.LOG, List.of(page(1, 1)));
    jobs.add(payroll, Stage.LOG, List.of(page(2, 2)));

    sender.run();

    assertThat(published).extracting(ReplaySenderTest::sequence).containsExactly(2L);
    assertThat(jobs.postponed).extracting(Job::subscription).containsExactly(training);
    assertThat(jobs.left()).isEqualTo(1);

    depths.set(training, 0, 0);
    jobs.due();
    sender.run();
    assertThat(published).extracting(ReplaySenderTest::sequence).containsExactly(2L, 1L);
  }

  private static List<Announcement> page(long first, long last) {
    return Announcements.users(first, last).toList();
  }

  private static long sequence(CloudEvent event) {
    return Long.parseLong(event.attributes().get("sequence"));
  }

  private static Subscription subscription(String name, List<String> types) {
    return new Subscription(UUID.randomUUID(), "acme", name, Profile.NOTICE, types);
  }
}
