package io.gatehouse.delivery.queue;

import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.store.UnitOfWork;
import java.util.List;
import java.util.Optional;

/** Sends bootstraps and replays to single subscribers. */
public final class ReplaySender {

  private final UnitOfWork unit;
  private final ReplayJobs jobs;
  private final Room room;
  private final EventRenderer renderer;
  private final EventPublisher publisher;

  public ReplaySender(
      UnitOfWork unit,
      ReplayJobs jobs,
      Room room,
      EventRenderer renderer,
      EventPublisher publisher) {
    this.unit = unit;
    this.jobs = jobs;
    this.room = room;
    this.renderer = renderer;
    this.publisher = publisher;
  }

  /** The limit of a subscriber's backlog, and its present size. */
  public record Room(LagMonitor.Limits limits, QueueDepths backlogs) {
    boolean isLeft(Subscription subscription) {
      return backlogs.standings(List.of(subscription)).values().stream()
          .allMatch(limits::leaveRoom);
    }
  }

  /**
   * Sends pages until no job is due. A failure is thrown: the job keeps its position, and the next
   * run tries again.
   */
  public void run() {
    while (unit.inTransaction(this::sendNext)) {
      // the next page
    }
  }

  private boolean sendNext() {
    Optional<ReplayJobs.Job> oldest = jobs.oldest();
    oldest.ifPresent(this::sendPage);
    return oldest.isPresent();
  }

  private void sendPage(ReplayJobs.Job job) {
    if (!room.isLeft(job.subscription())) {
      jobs.postpone(job);
      return;
    }
    ReplayJobs.Page page = jobs.page(job);
    if (!page.changes().isEmpty()) {
      publisher.publish(events(job, page));
    }
    if (page.next().isEmpty() && job.place().stage() == ReplayJobs.Stage.GROUPS) {
      publisher.publish(
          List.of(
              CloudEvent.bootstrapCompleted(job.subscription(), job.id(), job.until())
                  .to(job.subscription(), job.id())));
    }
    jobs.sent(job, page);
  }

  private List<CloudEvent> events(ReplayJobs.Job job, ReplayJobs.Page page) {
    Subscription to = job.subscription();
    return page.changes().stream()
        .flatMap(change -> renderer.of(to.profile(), change).stream())
        .filter(event -> to.wants(event.type()))
        .map(event -> event.to(to, job.id()))
        .toList();
  }
}
