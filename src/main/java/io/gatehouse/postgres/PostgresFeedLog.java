package io.gatehouse.postgres;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.feed.FeedLog;
import io.gatehouse.delivery.queue.ReplayJobs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The feed in {@code change} and {@code feed}. */
final class PostgresFeedLog implements FeedLog {

  private static final String EXTENT =
      """
      select max(sequence) filter (where name = 'changes') as last,
             max(sequence) filter (where name = 'compacted') as compacted
        from feed
      """;

  private final JdbcClient jdbc;
  private final PostgresPages pages;

  PostgresFeedLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.pages = new PostgresPages(jdbc);
  }

  @Override
  public Extent extent() {
    return jdbc.sql(EXTENT)
        .query((row, n) -> new Extent(row.getLong("last"), row.getLong("compacted")))
        .single();
  }

  /**
   * Reads a slice in one statement, so that no change is published or deleted between two reads.
   */
  @Override
  public Slice after(Subscription subscription, long place, int limit) {
    List<Extent> extent = new ArrayList<>();
    List<Announcement> changes = new ArrayList<>();
    jdbc.sql(
            "select f.last, f.compacted, c.* from ("
                + EXTENT
                + """
                ) f
                left join lateral (select event_id, resource_type, resource_id, version, type, data::text as data,
                                          occurred_at, sequence
                                     from change
                                    where tenant_id = ? and sequence > ?
                                    order by sequence
                                    limit ?) c on true
                order by c.sequence
                """)
        .params(subscription.tenant(), place, limit)
        .query(
            row -> {
              extent.add(new Extent(row.getLong("last"), row.getLong("compacted")));
              if (row.getObject("sequence") != null) {
                changes.add(PostgresPages.logged(subscription, row));
              }
            });
    return new Slice(extent.get(0), ShownChanges.of(jdbc, subscription.tenant(), changes));
  }

  @Override
  public Page snapshot(Subscription subscription, Place place) {
    ReplayJobs.Page page = pages.read(job(subscription, place));
    return new Page(
        page.changes(),
        page.next()
            .map(
                it ->
                    new Place(
                        place.asOf(),
                        it.stage() == ReplayJobs.Stage.GROUPS,
                        it.position().isEmpty() ? null : it.after())));
  }

  /**
   * The replay job of a feed position; constant, so that a page that is read again has the same
   * ids.
   */
  private static ReplayJobs.Job job(Subscription subscription, Place place) {
    String name = subscription.queue() + "/" + place.asOf();
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    ReplayJobs.Stage stage = place.groups() ? ReplayJobs.Stage.GROUPS : ReplayJobs.Stage.USERS;
    return new ReplayJobs.Job(
        id,
        subscription,
        place.asOf(),
        new ReplayJobs.Place(stage, Objects.toString(place.last(), ""), null));
  }
}
