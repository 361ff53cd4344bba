package io.gatehouse.admin.api;

import io.gatehouse.delivery.EventTypeFilter;
import java.util.List;
import java.util.regex.Pattern;

/** Event types as clients of the API write them. */
public final class EventTypes {

  /** Without quotes, since the type also becomes part of a filter of the broker. */
  private static final Pattern TYPE = Pattern.compile("gatehouse(\\.[a-z0-9]+)*(\\.\\*)?");

  private EventTypes() {}

  public static EventTypeFilter require(List<String> types) {
    if (!types.stream().allMatch(type -> TYPE.matcher(type).matches())) {
      throw ProblemException.badRequest("'types' are event types such as gatehouse.user.* .");
    }
    return new EventTypeFilter(types);
  }
}
