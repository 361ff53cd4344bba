package io.gatehouse.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command with its metadata, as a message of the queue carries it.
 *
 * @param id the same for every delivery and every resend
 * @param caller the sender
 * @param command the operation
 * @param trace the origin
 */
public record Envelope(CommandId id, Caller caller, Command command, Trace trace) {

  /**
   * The origin of a command.
   *
   * @param instance the gateway that waits for the outcome
   * @param acceptedAt when the edge accepted it
   * @param fingerprint SHA-256 over the caller and the request, in hex; equal for a byte-identical
   *     retry
   * @param repairs the quirks that fired, as {@code name path}
   * @param source null when a caller waits for the outcome, or when a schedule sent it
   * @param origin where the call came from; null when no call caused it. While traces are exported,
   *     it has at least a trace
   */
  public record Trace(
      String instance,
      Instant acceptedAt,
      String fingerprint,
      List<String> repairs,
      @Nullable EventOrigin source,
      @Nullable Origin origin) {

    private static final String IMPORT = "import";

    /** The origin of a command that no call caused. */
    public Trace(
        String instance,
        Instant acceptedAt,
        String fingerprint,
        List<String> repairs,
        @Nullable EventOrigin source) {
      this(instance, acceptedAt, fingerprint, repairs, source, null);
    }

    /** The origin of a command of an import, for whose outcome no instance waits. */
    public static Trace ofImport(Instant at, CommandId id) {
      return new Trace(IMPORT, at, id.toString(), List.of());
    }

    /** Whether the command is a line of an imported file. */
    public boolean isImport() {
      return instance.equals(IMPORT);
    }

    /** The origin of a command that no webhook or poll caused. */
    public Trace(String instance, Instant acceptedAt, String fingerprint, List<String> repairs) {
      this(instance, acceptedAt, fingerprint, repairs, null);
    }
  }

  /** Whether it only probes that commands are applied. */
  public boolean isProbe() {
    return command instanceof Command.Probe;
  }

  /** Whether it goes before other commands under load: a deactivation, or an act of a person. */
  public boolean isUrgent() {
    return CommandPriority.of(command);
  }

  /** Whether a webhook or poll caused it: no caller waits for the outcome or retries. */
  public boolean isUnattended() {
    return trace.source() != null;
  }

  /** The same envelope with another command. */
  public Envelope with(Command other) {
    return new Envelope(id, caller, other, trace);
  }

  /** The same command, with a record of repairs by a quirk. */
  public Envelope repaired(String quirk, List<String> paths) {
    List<String> all = new ArrayList<>(trace.repairs());
    paths.forEach(path -> all.add(QuirkRepair.of(quirk, path)));
    Trace changed =
        new Trace(
            trace.instance(),
            trace.acceptedAt(),
            trace.fingerprint(),
            all,
            trace.source(),
            trace.origin());
    return new Envelope(id, caller, command, changed);
  }

  /**
   * The same command, at another place in a trace.
   *
   * @param traceparent as {@link TraceParent} has it
   */
  public Envelope traced(String traceparent) {
    Origin origin = trace.origin();
    Origin traced =
        origin == null
            ? new Origin(null, null, null, traceparent)
            : new Origin(origin.address(), origin.credential(), origin.reason(), traceparent);
    Trace changed =
        new Trace(
            trace.instance(),
            trace.acceptedAt(),
            trace.fingerprint(),
            trace.repairs(),
            trace.source(),
            traced);
    return new Envelope(id, caller, command, changed);
  }

  /** The trace that the call belongs to; null when it came without one. */
  public @Nullable String traceparent() {
    Origin origin = trace.origin();
    return origin == null ? null : origin.traceparent();
  }

  /** Commands with the same key are applied in the order in which they were accepted. */
  public String orderingKey() {
    return caller.tenant() + ":" + OrderingKey.of(command);
  }
}
