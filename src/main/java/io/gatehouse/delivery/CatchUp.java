package io.gatehouse.delivery;

import io.gatehouse.directory.UnitOfWork;
import java.util.List;
import java.util.Optional;

/** Sends present states and parts of the log to single subscribers. */
public final class CatchUp {

  private final UnitOfWork unit;
  private final CatchUps jobs;
  private final Room room;
  private final Rendering rendering;
  private final Publisher publisher;

  public CatchUp(
      UnitOfWork unit, CatchUps jobs, Room room, Rendering rendering, Publisher publisher) {
    this.unit = unit;
    this.jobs = jobs;
    this.room = room;
    this.rendering = rendering;
    this.publisher = publisher;
  }

  /** How much may wait for a subscriber, and how much does. */
  public record Room(Watch.Limits limits, Backlogs backlogs) {
    boolean isLeft(Subscription subscription) {
      return backlogs.standings(List.of(subscription)).values().stream()
          .allMatch(limits::leaveRoom);
    }
  }

  /** Works until no job is left. The row is the retry, so a failure is simply thrown. */
  public void run() {
    while (unit.inTransaction(this::sendNext)) {
      // the next page
    }
  }

  private boolean sendNext() {
    Optional<CatchUps.Job> oldest = jobs.oldest();
    oldest.ifPresent(this::sendPage);
    return oldest.isPresent();
  }

  private void sendPage(CatchUps.Job job) {
    if (!room.isLeft(job.subscription())) {
      jobs.postpone(job);
      return;
    }
    CatchUps.Page page = jobs.page(job);
    if (!page.changes().isEmpty()) {
      publisher.publish(events(job, page));
    }
    if (page.next().isEmpty() && job.place().stage() == CatchUps.Stage.GROUPS) {
      publisher.publish(List.of(Event.bootstrapCompleted(job).to(job.subscription(), job.id())));
    }
    jobs.sent(job, page);
  }

  private List<Event> events(CatchUps.Job job, CatchUps.Page page) {
    Subscription to = job.subscription();
    return page.changes().stream()
        .flatMap(change -> rendering.of(to.profile(), change).stream())
        .filter(event -> to.wants(event.type()))
        .map(event -> event.to(to, job.id()))
        .toList();
  }
}
