package io.gatehouse.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way: what the queue carries.
 *
 * @param id the same for every delivery and every resend
 * @param caller whose command it is
 * @param command what to do
 * @param trace where it came from
 */
public record Envelope(CommandId id, Caller caller, Command command, Trace trace) {

  /**
   * Where a command came from.
   *
   * @param instance the gateway that waits for the outcome
   * @param acceptedAt when the edge accepted it
   * @param fingerprint SHA-256 over the caller and the request, in hex; equal for a byte-identical
   *     retry
   * @param repairs the quirks that fired, as {@code name path}
   * @param source null when it comes from a call that somebody waits for, or from a schedule
   */
  public record Trace(
      String instance,
      Instant acceptedAt,
      String fingerprint,
      List<String> repairs,
      @Nullable EventOrigin source) {

    /** Of a command that no IdP has said out of turn. */
    public Trace(String instance, Instant acceptedAt, String fingerprint, List<String> repairs) {
      this(instance, acceptedAt, fingerprint, repairs, null);
    }
  }

  /** Whether it only finds out whether commands are applied. */
  public boolean isProbe() {
    return command instanceof Command.Probe;
  }

  /** Whether nobody waits for what becomes of it, nor says it again. */
  public boolean isUnattended() {
    return trace.source() != null;
  }

  /** Another command on the same way. */
  public Envelope with(Command other) {
    return new Envelope(id, caller, other, trace);
  }

  /** The same command, with a record of what was repaired on its way. */
  public Envelope repaired(String quirk, List<String> paths) {
    List<String> all = new ArrayList<>(trace.repairs());
    paths.forEach(path -> all.add(QuirkRepair.of(quirk, path)));
    Trace changed =
        new Trace(trace.instance(), trace.acceptedAt(), trace.fingerprint(), all, trace.source());
    return new Envelope(id, caller, command, changed);
  }

  /** Commands with the same key are applied in the order in which they were accepted. */
  public String orderingKey() {
    return caller.tenant() + ":" + OrderingKey.of(command);
  }
}
