package io.gatehouse.delivery.queue;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.support.FakeUnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Jobs in memory, each with the pages that are left of it. */
final class FakeReplayJobs implements ReplayJobs {

  private record Row(Job job, List<List<Announcement>> left) {}

  private final FakeUnitOfWork unit;
  private final List<Row> rows = new ArrayList<>();

  final List<Job> postponed = new ArrayList<>();
  final List<Subscription> bootstraps = new ArrayList<>();

  FakeReplayJobs(FakeUnitOfWork unit) {
    this.unit = unit;
    unit.over(
        () -> {
          List<Row> before = List.copyOf(rows);
          List<Subscription> asked = List.copyOf(bootstraps);
          return () -> {
            rows.clear();
            rows.addAll(before);
            bootstraps.clear();
            bootstraps.addAll(asked);
          };
        });
  }

  /** A job that has these pages left, all of them of this stage. */
  Job add(Subscription subscription, Stage stage, List<List<Announcement>> pages) {
    Job job = new Job(UUID.randomUUID(), subscription, 77, new Place(stage, "", null));
    rows.add(new Row(job, pages));
    return job;
  }

  /** Room has come again. */
  void due() {
    postponed.clear();
  }

  int left() {
    return rows.size();
  }

  @Override
  public Optional<Job> oldest() {
    unit.require();
    return rows.stream().map(Row::job).filter(it -> !postponed.contains(it)).findFirst();
  }

  @Override
  public void postpone(Job job) {
    unit.require();
    postponed.add(job);
  }

  @Override
  public Page page(Job job) {
    unit.require();
    List<List<Announcement>> left = row(job).left();
    List<Announcement> changes = left.get(0);
    return new Page(
        changes, left.size() == 1 ? Optional.empty() : Optional.of(job.place().at(left.size())));
  }

  @Override
  public void sent(Job job, Page page) {
    unit.require();
    Row row = row(job);
    int at = rows.indexOf(row);
    rows.remove(at);
    page.next()
        .ifPresent(
            next ->
                rows.add(
                    at,
                    new Row(
                        new Job(job.id(), job.subscription(), job.until(), next),
                        row.left().subList(1, row.left().size()))));
  }

  private Row row(Job job) {
    return rows.stream().filter(it -> it.job().equals(job)).findFirst().orElseThrow();
  }

  @Override
  public void bootstrap(Subscription subscription) {
    bootstraps.add(subscription);
  }

  @Override
  public void replay(Subscription subscription, From from) {
    throw new UnsupportedOperationException();
  }
}
