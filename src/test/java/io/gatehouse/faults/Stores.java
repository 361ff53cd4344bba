package io.gatehouse.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database of a gateway in a process of its own, past the gateway. */
final class Stores {

  private static final int LINE_OF_THE_PORT = 3;

  private final JdbcClient jdbc;

  private Stores(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A change in the log.
   *
   * @param sequence null before it is announced
   */
  record Logged(UUID user, long version, Long sequence) {}

  static Stores of(Path data) throws IOException {
    String port =
        Files.readAllLines(data.resolve("pg").resolve("postmaster.pid"))
            .get(LINE_OF_THE_PORT)
            .strip();
    return at(
        "jdbc:postgresql://localhost:" + port + "/postgres",
        "postgres",
        Files.readString(data.resolve("pg-password")));
  }

  static Stores at(String url, String user, String password) {
    return new Stores(JdbcClient.create(new DriverManagerDataSource(url, user, password)));
  }

  List<UUID> withoutOutcome(Collection<UUID> commands) {
    return jdbc.sql(
            """
            select id from unnest(?::uuid[]) n (id)
             where not exists (select from command_outcome c where c.command_id = n.id)
            """)
        .param(array(commands))
        .query(UUID.class)
        .list();
  }

  /** Commands with more than one entry in the audit log. */
  List<UUID> appliedTwice(Collection<UUID> commands) {
    return jdbc.sql(
            """
            select command_id from audit_entry where command_id = any(?::uuid[])
             group by command_id having count(*) > 1
            """)
        .param(array(commands))
        .query(UUID.class)
        .list();
  }

  int unannounced() {
    return jdbc.sql("select count(*) from change where published_at is null")
        .query(Integer.class)
        .single();
  }

  /** How many numbers of the feed no change has, or several have. */
  int gapsInTheFeed() {
    return jdbc.sql(
            """
            select (select sequence from feed where name = 'changes') - count(distinct sequence)
                   + count(sequence) - count(distinct sequence)
              from change
            """)
        .query(Integer.class)
        .single();
  }

  /** The changes of users, in the order in which they were stored. */
  List<Logged> changes(Collection<UUID> users) {
    return jdbc.sql(
            """
            select resource_id, version, sequence from change
             where resource_id = any(?::uuid[]) order by id
            """)
        .param(array(users))
        .query(
            (row, n) ->
                new Logged(
                    row.getObject(1, UUID.class), row.getLong(2), row.getObject(3, Long.class)))
        .list();
  }

  /** The present version of each user; that of the erasure for an erased one. */
  Map<UUID, Long> versions(Collection<UUID> users) {
    Map<UUID, Long> versions = new HashMap<>();
    jdbc.sql(
            """
            select id, version from person where id = any(:ids::uuid[])
            union all
            select id, version from tombstone where id = any(:ids::uuid[])
            """)
        .param("ids", array(users))
        .query(
            row -> {
              versions.put(row.getObject(1, UUID.class), row.getLong(2));
            });
    return versions;
  }

  List<UUID> erased(Collection<UUID> users) {
    return jdbc.sql("select id from tombstone where id = any(?::uuid[])")
        .param(array(users))
        .query(UUID.class)
        .list();
  }

  /** The users that have neither a row nor a tombstone, and those that have both. */
  List<UUID> halfErased(Collection<UUID> users) {
    return jdbc.sql(
            """
            select id from unnest(?::uuid[]) n (id)
             where exists (select from person p where p.id = n.id)
                   = exists (select from tombstone t where t.id = n.id)
            """)
        .param(array(users))
        .query(UUID.class)
        .list();
  }

  /** The outcomes that have a text. */
  List<String> outcomesWith(String text) {
    return jdbc.sql("select outcome::text from command_outcome where outcome::text like :text")
        .param("text", "%" + text + "%")
        .query(String.class)
        .list();
  }

  /** How many rows have the name of a user, beside outcomes. */
  int rowsWith(UUID user, String name) {
    return jdbc.sql(
            """
            select (select count(*) from change where resource_id = :id and data::text like :name)
                   + (select count(*) from audit_detail d join audit_entry e on e.id = d.audit_id
                       where e.resource_id = :id and d.detail::text like :name)
                   + (select count(*) from person where user_name like :name)
            """)
        .param("id", user)
        .param("name", "%" + name + "%")
        .query(Integer.class)
        .single();
  }

  /** Changes that do not have exactly one entry in the audit log. */
  List<String> unaudited(Collection<UUID> users) {
    return jdbc.sql(
            """
            select c.resource_id || ' version ' || c.version from change c
             where c.resource_id = any(?::uuid[])
               and (select count(*) from audit_entry e
                     where e.tenant_id = c.tenant_id and e.resource_id = c.resource_id
                       and e.version = c.version) <> 1
            """)
        .param(array(users))
        .query(String.class)
        .list();
  }

  private static String array(Collection<UUID> ids) {
    return "{" + String.join(",", ids.stream().map(UUID::toString).toList()) + "}";
  }
}
