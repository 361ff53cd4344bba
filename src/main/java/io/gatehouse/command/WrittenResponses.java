package io.gatehouse.command;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The answers of this instance that have been written out. They are stored as a mark and exceptions
 * to it, which costs one small row from time to time and nothing for each command.
 */
public final class WrittenResponses {

  private final Set<CommandId> open = ConcurrentHashMap.newKeySet();
  private final Set<CommandId> lost = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable CommandId> newest = new AtomicReference<>();
  private @Nullable CommandId seen;

  /**
   * The state at one moment.
   *
   * @param until all answers to commands up to this one were written out, except the ones below;
   *     null when there was no command
   * @param open commands whose call is not answered yet
   * @param lost commands whose answer could not be written
   */
  public record Known(@Nullable CommandId until, Set<CommandId> open, Set<CommandId> lost) {
    public static final Known NOTHING = new Known(null, Set.of(), Set.of());
  }

  /**
   * The present state. The mark is the newest command of the previous snapshot, because a command
   * gets its id before it is counted here, and a newer command may be counted first.
   */
  public synchronized Known snapshot() {
    CommandId until = seen;
    seen = newest.get();
    return new Known(until, Set.copyOf(open), Set.copyOf(lost));
  }

  /** Forgets lost answers after they have been stored. */
  public void forget(Set<CommandId> kept) {
    lost.removeAll(kept);
    open.removeAll(kept);
  }

  /**
   * Counts a command whose outcome its caller has not received, regardless of the answer that it
   * got instead. The command may be one operation of a bulk request.
   */
  public void markUntold(CommandId id) {
    lost.add(id);
  }

  public Call call() {
    return new Call();
  }

  private static CommandId later(@Nullable CommandId one, CommandId other) {
    UUID former = one == null ? other.value() : one.value();
    return former.compareTo(other.value()) > 0 ? new CommandId(former) : other;
  }

  /** A call and its commands: one command, or several for a bulk request. */
  public final class Call {

    private final Set<CommandId> commands = ConcurrentHashMap.newKeySet();

    private Call() {}

    /** Counts a command before it is sent. */
    public void makes(CommandId id) {
      open.add(id);
      commands.add(id);
      newest.accumulateAndGet(id, WrittenResponses::later);
    }

    public boolean isEmpty() {
      return commands.isEmpty();
    }

    /** The answer has been written to the connection. */
    public void written() {
      open.removeAll(commands);
    }

    /** The answer could not be written. */
    public void notWritten() {
      lost.addAll(commands);
    }
  }
}
