package io.gatehouse.command;

import java.util.Set;
import java.util.TreeSet;

/**
 * How far a write may be read against its letter, because the IdP's profile says so.
 *
 * @param salvage when a PATCH deactivates somebody, operations that cannot be applied are left out
 *     instead of keeping the person active (quirk ENTRA-53)
 * @param kept attributes that a PUT leaves as they are when it omits them (quirk OKTA-38), and with
 *     a dot, as in {@code emails.type}, parts of elements whose value stays (quirk OKTA-13)
 * @param recognition by what a POST recognises a user who comes back (quirks BUG-20 and BUG-21)
 */
public record Leeway(boolean salvage, Set<String> kept, Recognition recognition) {

  /** The quirk that asks for it. */
  public static final String SALVAGE = "never-sink-a-deactivation";

  public static final Leeway NONE = new Leeway(false, Set.of());

  /** Where users who come back are recognised as the standard has it. */
  public Leeway(boolean salvage, Set<String> kept) {
    this(salvage, kept, Recognition.STANDARD);
  }

  /** The same, and what cannot be applied keeps nobody active. */
  public Leeway salvaging() {
    return new Leeway(true, kept, recognition);
  }

  /** The same, and this is kept too. */
  public Leeway keeping(String name) {
    Set<String> more = new TreeSet<>(kept);
    more.add(name);
    return new Leeway(salvage, Set.copyOf(more), recognition);
  }

  /** The same, and users who come back are recognised so. */
  public Leeway recognising(Recognition other) {
    return new Leeway(salvage, kept, other);
  }
}
