package io.gatehouse.admin.api;

import io.gatehouse.delivery.Types;
import java.util.List;
import java.util.regex.Pattern;

/** Event types as callers write them. */
final class EventTypes {

  /** Without quotes, since they also become part of a filter of the broker. */
  private static final Pattern TYPE = Pattern.compile("gatehouse(\\.[a-z0-9]+)*(\\.\\*)?");

  private EventTypes() {}

  static Types require(List<String> types) {
    if (!types.stream().allMatch(type -> TYPE.matcher(type).matches())) {
      throw Problem.badRequest("'types' are event types such as gatehouse.user.* .");
    }
    return new Types(types);
  }
}
