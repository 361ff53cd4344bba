package io.gatehouse.lifecycle;

import io.gatehouse.scim.Schemas.Extension;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Changes the extensions of a tenant, and leaves no stored value that does not fit. */
public interface SchemaChanges {

  /**
   * The result of a requested change.
   *
   * @param held how many resources have values that may not fit any more; nothing is changed then
   * @param job that drops values, or that prevents the change
   */
  record Verdict(Kind kind, Optional<Held> held, Optional<UUID> job) {
    public static Verdict of(Kind kind) {
      return new Verdict(kind, Optional.empty(), Optional.empty());
    }
  }

  /** The kinds of verdicts. */
  enum Kind {
    /** Changed; no resource had a value that does not fit. */
    DONE,
    /** Changed, and a job drops the values. */
    BEGUN,
    /** Not changed, because resources have values that may not fit. */
    HELD,
    /** Not changed, because resources lack an extension that would be required. */
    LACKING,
    /** Not changed, because a job about the same URN is running. */
    RUNNING,
    /** Not changed, because the extension is defined under the same URN in another case. */
    OTHER_SPELLING,
    /** Not changed, because an import, a command or the count takes too long. */
    BUSY,
    /** There is no such extension. */
    NONE
  }

  /**
   * How many resources have values of an extension.
   *
   * @param users at most the limit
   * @param more whether there are more than that
   */
  record Held(long users, long groups, boolean more) {
    public long count() {
      return users + groups;
    }
  }

  /** Defines an extension, or replaces its definition. */
  Verdict define(Wish wish, Extension extension);

  /** Deletes the definition of an extension. */
  Verdict remove(Wish wish, String urn);

  /**
   * The request for a change.
   *
   * @param force whether values that do not fit may be dropped
   */
  record Wish(UUID tenant, String actor, boolean force) {}

  Optional<SchemaCleanups.Progress> find(UUID tenant, UUID id);

  /** The jobs of a tenant that had values to drop, the latest first. */
  List<SchemaCleanups.Progress> latest(UUID tenant, int limit);
}
