package io.gatehouse.delivery;

import io.gatehouse.change.ChangeLog.Announcement;
import java.util.List;

/** Sends present states and parts of the log to single subscribers. */
public final class CatchUp implements CatchUps.Sender {

  private final CatchUps jobs;
  private final Rendering rendering;
  private final Publisher publisher;
  private final Room room;

  public CatchUp(CatchUps jobs, Rendering rendering, Publisher publisher, Room room) {
    this.jobs = jobs;
    this.rendering = rendering;
    this.publisher = publisher;
    this.room = room;
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
    while (jobs.next(this)) {
      // the next page
    }
  }

  @Override
  public boolean mayGoOn(CatchUps.Job job) {
    return room.isLeft(job.subscription());
  }

  @Override
  public void send(CatchUps.Job job, List<Announcement> page) {
    Subscription to = job.subscription();
    publisher.publish(
        page.stream()
            .flatMap(change -> rendering.of(to.profile(), change).stream())
            .filter(event -> to.wants(event.type()))
            .map(event -> event.to(to, job.id()))
            .toList());
  }

  @Override
  public void completed(CatchUps.Job job) {
    publisher.publish(List.of(Event.bootstrapCompleted(job).to(job.subscription(), job.id())));
  }
}
