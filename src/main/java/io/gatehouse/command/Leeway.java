package io.gatehouse.command;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deviations from the strict reading of a write that the IdP's profile permits.
 *
 * @param salvage when a PATCH deactivates a user, operations that cannot be applied are left out
 *     instead of keeping the user active (quirk ENTRA-53)
 * @param someJoin when some of the new members of a group do not exist, the others join (quirk
 *     BUG-01)
 * @param kept attributes that a PUT leaves as they are when it omits them (quirk OKTA-38), and with
 *     a dot, as in {@code emails.type}, parts of elements whose value stays (quirk OKTA-13)
 * @param recognition criteria by which a POST recognises a returning user (quirks BUG-20 and
 *     BUG-21)
 */
public record Leeway(
    boolean salvage, boolean someJoin, Set<String> kept, RestoreCriteria recognition) {

  /** Name of the quirk of {@link #salvage}. */
  public static final String SALVAGE = "never-sink-a-deactivation";

  /** Name of the quirk of {@link #someJoin}. */
  public static final String SOME_JOIN = "leave-out-unknown-members";

  public static final Leeway NONE = new Leeway(false, false, Set.of(), RestoreCriteria.STANDARD);

  /** This leeway, and a PUT also keeps these attributes. */
  public Leeway keeping(Collection<String> names) {
    Set<String> more = new TreeSet<>(kept);
    more.addAll(names);
    return new Leeway(salvage, someJoin, Set.copyOf(more), recognition);
  }

  /** This leeway with {@link #salvage}. */
  public Leeway salvaging() {
    return new Leeway(true, someJoin, kept, recognition);
  }

  /** This leeway with {@link #someJoin}. */
  public Leeway lettingSomeJoin() {
    return new Leeway(salvage, true, kept, recognition);
  }

  /** This leeway with other criteria for returning users. */
  public Leeway recognising(RestoreCriteria other) {
    return new Leeway(salvage, someJoin, kept, other);
  }
}
