package io.gatehouse.command;

import java.util.Set;
import java.util.TreeSet;

/**
 * How far a write may be read against its letter, because the IdP's profile says so.
 *
 * @param salvage when a PATCH deactivates somebody, operations that cannot be applied are left out
 *     instead of keeping the person active (quirk ENTRA-53)
 * @param someJoin when of those who are to join a group some do not exist, the others join (quirk
 *     BUG-01)
 * @param kept attributes that a PUT leaves as they are when it omits them (quirk OKTA-38), and with
 *     a dot, as in {@code emails.type}, parts of elements whose value stays (quirk OKTA-13)
 * @param recognition by what a POST recognises a user who comes back (quirks BUG-20 and BUG-21)
 */
public record Leeway(
    boolean salvage, boolean someJoin, Set<String> kept, RestoreCriteria recognition) {

  /** The quirk that asks for it. */
  public static final String SALVAGE = "never-sink-a-deactivation";

  /** The quirk that lets some join. */
  public static final String SOME_JOIN = "leave-out-unknown-members";

  public static final Leeway NONE = new Leeway(false, false, Set.of(), RestoreCriteria.STANDARD);

  /** The same, and this is kept too. */
  public Leeway keeping(String name) {
    Set<String> more = new TreeSet<>(kept);
    more.add(name);
    return new Leeway(salvage, someJoin, Set.copyOf(more), recognition);
  }

  /** The same, and what cannot be applied beside a deactivation is left out. */
  public Leeway salvaging() {
    return new Leeway(true, someJoin, kept, recognition);
  }

  /** The same, and those who exist join without those who do not. */
  public Leeway lettingSomeJoin() {
    return new Leeway(salvage, true, kept, recognition);
  }

  /** The same, and users who come back are recognised so. */
  public Leeway recognising(RestoreCriteria other) {
    return new Leeway(salvage, someJoin, kept, other);
  }
}
