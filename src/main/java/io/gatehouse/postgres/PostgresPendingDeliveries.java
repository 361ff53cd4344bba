package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;
import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.PendingDeliveries;
import io.gatehouse.delivery.webhook.PendingDelivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Pending deliveries in {@code errand}. A transaction that locks an endpoint and its deliveries
 * locks the endpoint first.
 */
final class PostgresPendingDeliveries implements PendingDeliveries {

  private static final int PAGE = 500;

  private final JdbcClient jdbc;
  private final PostgresFeedLog feed;

  PostgresPendingDeliveries(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.feed = new PostgresFeedLog(jdbc);
  }

  @Override
  public boolean isAnybodyServed() {
    return jdbc.sql("select exists (select from endpoint where disabled_because is null)")
        .query(Boolean.class)
        .single();
  }

  @Override
  public Optional<Page> nextPage() {
    return behind()
        .map(
            it ->
                new Page(
                    it.endpoint(),
                    feed.after(it.endpoint().claim(), it.position(), PAGE).changes()));
  }

  /** An endpoint with unplanned changes in the feed. */
  private record Behind(Endpoint endpoint, long position) {}

  /**
   * Finds an endpoint with unplanned changes. One with ten thousand pending deliveries gets no
   * more; the feed keeps the rest.
   */
  private Optional<Behind> behind() {
    return jdbc.sql(
            """
            select %s, e.position
              from endpoint e
              join tenant t on t.id = e.tenant_id
             where e.disabled_because is null
               and exists (select from change c where c.tenant_id = e.tenant_id and c.sequence > e.position)
               and (select count(*) from (select from errand r where r.endpoint_id = e.id limit 10000) w) < 10000
             order by random()
             limit 1
               for no key update of e skip locked
            """
                .formatted(PostgresEndpoints.COLUMNS))
        .query((row, n) -> new Behind(PostgresEndpoints.endpoint(row, n), row.getLong("position")))
        .optional();
  }

  @Override
  public void plan(Page page, List<Planned> events, Instant now) {
    List<Announcement> changes = page.changes();
    if (changes.isEmpty()) {
      return;
    }
    insert(page.endpoint(), events, now);
    jdbc.sql("update endpoint set position = ? where id = ?")
        .params(changes.get(changes.size() - 1).sequence(), page.endpoint().id())
        .update();
  }

  private void insert(Endpoint endpoint, List<Planned> planned, Instant now) {
    jdbc.sql(
            """
            insert into errand (endpoint_id, change_id, part, event_id, resource_id, due_at)
            select :endpoint, c.id, n.part, n.event_id, c.resource_id, :now
              from unnest(:sequences, :parts, :events) n (sequence, part, event_id)
              join change c on c.tenant_id = :tenant and c.sequence = n.sequence
             order by c.id, n.part
            on conflict (endpoint_id, change_id, part)
            do update set due_at = excluded.due_at, failures = 0
            """)
        .param("endpoint", endpoint.id())
        .param("tenant", endpoint.claim().tenant())
        .param("now", time(now))
        .param("sequences", array("bigint", planned, Planned::sequence))
        .param("parts", array("int", planned, Planned::part))
        .param("events", array("uuid", planned, Planned::event))
        .update();
  }

  /**
   * Leases use the clock of the database, which is the same for all gateways. A struggling endpoint
   * gets its oldest event first, so that the retry schedule of that event decides when it is
   * disabled, however many deliveries wait.
   */
  @Override
  public List<PendingDelivery> take(Load load, Instant now) {
    return shown(taken(load, now));
  }

  /** Removes values of schemas that were deleted or narrowed since. */
  private List<PendingDelivery> shown(List<PendingDelivery> deliveries) {
    ShownChanges shown =
        ShownChanges.of(jdbc, deliveries.stream().map(PostgresPendingDeliveries::tenant).toList());
    return deliveries.stream()
        .map(
            it ->
                new PendingDelivery(
                    it.endpoint(), it.place(), it.failures(), shown.of(tenant(it), it.change())))
        .toList();
  }

  private static UUID tenant(PendingDelivery delivery) {
    return delivery.endpoint().claim().tenant();
  }

  private List<PendingDelivery> taken(Load load, Instant now) {
    return jdbc.sql(
            """
            with due as materialized (
              select d.endpoint_id, d.change_id, d.part
                from endpoint e
               cross join lateral (
                     select r.endpoint_id, r.change_id, r.part
                       from errand r
                      where r.endpoint_id = e.id and r.due_at <= :now
                        and (r.leased_until is null or r.leased_until < now())
                        and (not e.ordered or not exists (
                              select from errand o
                               where o.endpoint_id = r.endpoint_id and o.resource_id = r.resource_id
                                 and (o.change_id, o.part) < (r.change_id, r.part)))
                      order by %s r.change_id, r.part
                      limit greatest(0, :each - (select count(*) from errand l
                                                  where l.endpoint_id = e.id and l.leased_until >= now()))
                        for update skip locked) d
               where e.disabled_because is null and e.struggling = :struggling
                 and (e.paused_until is null or e.paused_until <= :now)
               order by random()
               limit :limit),
            taken as (
              update errand r
                 set leased_until = now() + interval '60 seconds'
                from due
               where r.endpoint_id = due.endpoint_id and r.change_id = due.change_id and r.part = due.part
              returning r.*)
            select %s, r.change_id, r.part, r.failures, r.event_id as part_event_id, c.event_id, c.resource_type,
                   c.resource_id, c.version, c.type, c.data::text as data, c.occurred_at, c.sequence
              from taken r
              join endpoint e on e.id = r.endpoint_id
              join tenant t on t.id = e.tenant_id
              join change c on c.id = r.change_id
             order by r.change_id, r.part
            """
                .formatted(load.struggling() ? "" : "r.due_at,", PostgresEndpoints.COLUMNS))
        .param("now", time(now))
        .param("struggling", load.struggling())
        .param("limit", load.limit())
        .param("each", load.each())
        .query(PostgresPendingDeliveries::errand)
        .list();
  }

  private static PendingDelivery errand(ResultSet row, int n) throws SQLException {
    Endpoint endpoint = PostgresEndpoints.endpoint(row, n);
    return new PendingDelivery(
        endpoint,
        new PendingDelivery.Place(
            row.getLong("change_id"),
            row.getInt("part"),
            row.getObject("part_event_id", UUID.class)),
        row.getInt("failures"),
        PostgresPages.logged(endpoint.claim(), row));
  }
}
