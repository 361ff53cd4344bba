package io.gatehouse.feedapi;

import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.delivery.feed.FeedLog;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cursor of the next page of a snapshot, for example {@code 4711.users.<id>}. */
final class SnapshotCursor {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,18})\\.(users|groups)\\.([0-9a-f-]{36})?");

  private SnapshotCursor() {}

  static String write(FeedLog.Place place) {
    return place.asOf()
        + (place.groups() ? ".groups." : ".users.")
        + (place.last() == null ? "" : place.last());
  }

  static FeedLog.Place read(String cursor) {
    Matcher parts = FORM.matcher(cursor);
    if (!parts.matches()) {
      throw bad();
    }
    try {
      return new FeedLog.Place(
          Long.parseLong(parts.group(1)),
          parts.group(2).equals("groups"),
          parts.group(3) == null ? null : UUID.fromString(parts.group(3)));
    } catch (IllegalArgumentException e) {
      throw bad();
    }
  }

  private static ProblemException bad() {
    return ProblemException.badRequest("The 'cursor' is not from an earlier answer.");
  }
}
