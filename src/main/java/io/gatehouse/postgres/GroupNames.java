package io.gatehouse.postgres;

import io.gatehouse.command.Outcome.GroupName;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Reads a column with the groups of a user: each is its id with its name after it, so that one
 * statement reads users and groups.
 */
final class GroupNames {

  private static final int UUID_LENGTH = 36;

  private GroupNames() {}

  /** The groups in the order of their ids, which the texts have as well. */
  static List<GroupName> of(Array column) throws SQLException {
    String[] groups = (String[]) column.getArray();
    Arrays.sort(groups);
    return Arrays.stream(groups).map(GroupNames::group).toList();
  }

  private static GroupName group(String text) {
    return new GroupName(
        UUID.fromString(text.substring(0, UUID_LENGTH)), text.substring(UUID_LENGTH));
  }
}
