package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.time;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.ChangeData;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.change.ChangeLog.Subject;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.ReplayJobs.From;
import io.gatehouse.delivery.queue.ReplayJobs.Job;
import io.gatehouse.delivery.queue.ReplayJobs.Page;
import io.gatehouse.delivery.queue.ReplayJobs.Place;
import io.gatehouse.delivery.queue.ReplayJobs.Stage;
import io.gatehouse.directory.Person;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of a replay for one subscriber: users, then groups, or a part of the log. */
final class PostgresPages {

  private static final int USERS = 500;

  /** Groups in a page; each comes with all of its members. */
  private static final int GROUPS = 20;

  private static final String SNAPSHOT = "snapshot";

  private final JdbcClient jdbc;

  PostgresPages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Page read(Job job) {
    Page page =
        switch (job.place().stage()) {
          case USERS -> users(job, job.place());
          case GROUPS -> groups(job, job.place());
          case LOG -> log(job, job.place());
        };
    return new Page(
        ShownChanges.of(jdbc, job.subscription().tenant(), page.changes()), page.next());
  }

  private Page users(Job job, Place place) {
    List<Person> people =
        jdbc.sql(
                "select "
                    + PostgresPeople.COLUMNS
                    + " from person p where p.tenant_id = ? and p.id > ? order by p.id limit ?")
            .params(job.subscription().tenant(), place.after(), USERS)
            .query(PostgresPeople::person)
            .list();
    List<Announcement> changes = people.stream().map(it -> snapshot(job, it)).toList();
    return new Page(
        changes,
        Optional.of(
            people.size() == USERS
                ? place.at(people.get(USERS - 1).id())
                : new Place(Stage.GROUPS, "", null)));
  }

  private static Announcement snapshot(Job job, Person person) {
    ObjectNode data = ChangeData.snapshot(person.document());
    person.addLifecycle(data);
    return announcement(
        job,
        new Subject(ResourceType.USER.label(), person.id(), person.version(), person.modified()),
        data);
  }

  private Page groups(Job job, Place place) {
    List<Announcement> changes = new ArrayList<>();
    jdbc.sql(
            """
            select g.id, g.version, g.modified_at, g.doc::text as doc,
                   array(select m.member_id from group_member m
                          where m.tenant_id = g.tenant_id and m.group_id = g.id
                          order by m.member_id) as members
              from person_group g
             where g.tenant_id = ? and g.id > ?
             order by g.id
             limit ?
            """)
        .params(job.subscription().tenant(), place.after(), GROUPS)
        .query(
            row -> {
              changes.add(group(job, row));
            });
    return new Page(
        changes,
        changes.size() == GROUPS
            ? Optional.of(place.at(changes.get(GROUPS - 1).subject().id()))
            : Optional.empty());
  }

  private static Announcement group(Job job, ResultSet row) throws SQLException {
    ObjectNode data = ChangeData.snapshot(Json.stored(row.getString("doc")));
    ChangeData.members(data, List.of((UUID[]) row.getArray("members").getArray()), List.of());
    return announcement(
        job,
        new Subject(
            ResourceType.GROUP.label(),
            row.getObject("id", UUID.class),
            row.getLong("version"),
            Objects.requireNonNull(ColumnValues.instant(row, "modified_at"))),
        data);
  }

  /** An event of a page; its id is the same when the page is sent again. */
  private static Announcement announcement(Job job, Subject subject, ObjectNode data) {
    UUID id =
        UUID.nameUUIDFromBytes((job.id() + "/" + subject.id()).getBytes(StandardCharsets.UTF_8));
    return new Announcement(
        job.until(), id, job.subscription().tenantSlug(), subject, SNAPSHOT, Json.text(data));
  }

  private Page log(Job job, Place place) {
    List<Announcement> changes =
        jdbc.sql(
                """
                select event_id, resource_type, resource_id, version, type, data::text as data, occurred_at, sequence
                  from change
                 where tenant_id = :tenant and sequence > :after and sequence <= :until
                   and (:resource::uuid is null or resource_id = :resource::uuid)
                 order by sequence
                 limit :limit
                """)
            .param("tenant", job.subscription().tenant())
            .param("after", Long.valueOf(place.position()))
            .param("until", job.until())
            .param("resource", place.resource())
            .param("limit", USERS)
            .query((row, n) -> logged(job.subscription(), row))
            .list();
    return new Page(
        changes,
        changes.size() == USERS
            ? Optional.of(place.at(changes.get(USERS - 1).sequence()))
            : Optional.empty());
  }

  /** The place in the feed before the first change to replay. */
  long before(UUID tenant, From from) {
    return jdbc.sql(
            """
            select greatest(coalesce(:from::bigint, 1) - 1,
                            coalesce((select min(c.sequence) - 1 from change c
                                       where c.tenant_id = :tenant and c.occurred_at >= :time::timestamptz
                                         and c.sequence is not null),
                                     case when :time::timestamptz is null then 0 else sequence end))
              from feed
             where name = 'changes'
            """)
        .param("tenant", tenant)
        .param("from", from.sequence())
        .param("time", time(from.time()))
        .query(Long.class)
        .single();
  }

  static Announcement logged(Subscription subscription, ResultSet row) throws SQLException {
    return new Announcement(
        row.getLong("sequence"),
        row.getObject("event_id", UUID.class),
        subscription.tenantSlug(),
        new Subject(
            row.getString("resource_type"),
            row.getObject("resource_id", UUID.class),
            row.getLong("version"),
            Objects.requireNonNull(ColumnValues.instant(row, "occurred_at"))),
        row.getString("type"),
        row.getString("data"));
  }
}
