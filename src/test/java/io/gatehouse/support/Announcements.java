package io.gatehouse.support;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.change.ChangeLog.Subject;
import io.gatehouse.scim.Json;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Changes as they stand in the log. */
public final class Announcements {

  private Announcements() {}

  /** A user was changed. */
  public static Announcement user(long sequence) {
    return user(sequence, "updated");
  }

  /**
   * Something happened to a user.
   *
   * @param type for example {@code created}
   */
  public static Announcement user(long sequence, String type) {
    ObjectNode data = Json.object();
    data.putObject("resource").put("userName", "user" + sequence);
    return of(sequence, "User", type, data);
  }

  /** A change of each of these numbers, both included. */
  public static Stream<Announcement> users(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(Announcements::user);
  }

  /** So many users joined a group: an event for each 500 of them. */
  public static Announcement joined(long sequence, int members) {
    ObjectNode data = Json.object();
    ArrayNode added = data.putObject("members").putArray("added");
    LongStream.range(0, members).forEach(it -> added.add(new UUID(0, it).toString()));
    return of(sequence, "Group", "members.changed", data);
  }

  private static Announcement of(long sequence, String resource, String type, ObjectNode data) {
    data.putObject("origin")
        .put("channel", "scim")
        .put("command", new UUID(3, sequence).toString());
    return new Announcement(
        sequence,
        new UUID(1, sequence),
        "acme",
        new Subject(resource, new UUID(2, sequence), 1, Instant.EPOCH),
        type,
        Json.text(data));
  }
}
