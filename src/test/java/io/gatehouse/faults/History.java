package io.gatehouse.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The calls of several clients about one user, as the clients saw them. */
final class History {

  /** Of a call that has no answer: it may take effect at any time after its invocation. */
  static final long NEVER = Long.MAX_VALUE;

  private final List<Call> calls = new ArrayList<>();

  /** What a client asks for. */
  enum Kind {
    READ,
    TITLE,
    ACTIVE,
    DELETE
  }

  /** How a call ended. */
  enum Result {
    /** With the user as it is after the call; {@code seen} is absent if the answer has no body. */
    OK,
    /** There is no such user. */
    GONE,
    /** The call has certainly had no effect. */
    FAIL,
    /** It is unknown whether the call has an effect, or will have one. */
    INFO
  }

  /** The value that a call writes; null for a read and a deletion. */
  record Action(Kind kind, String value) {}

  /**
   * One call.
   *
   * @param invoked monotonic nanoseconds before the request
   * @param returned monotonic nanoseconds after the answer, or {@link #NEVER}
   * @param seen the user in the answer, or null
   */
  record Call(
      int client, Action action, long invoked, long returned, Result result, UserState seen) {}

  synchronized void add(Call call) {
    calls.add(call);
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Whether some order of the calls explains all answers. */
  boolean isLinearizable() {
    return Linearizability.of(UserState::after, UserState.CREATED, operations());
  }

  private List<Linearizability.Operation<Call>> operations() {
    return calls().stream()
        .filter(it -> it.result() != Result.FAIL)
        .map(it -> new Linearizability.Operation<>(it, it.invoked(), it.returned()))
        .toList();
  }

  /** One call in each line, for a report. */
  @Override
  public String toString() {
    long first = calls().stream().mapToLong(Call::invoked).min().orElse(0);
    return calls().stream()
        .sorted(java.util.Comparator.comparingLong(Call::invoked))
        .map(
            it ->
                "%8d %8s client %d %s %s -> %s %s"
                    .formatted(
                        (it.invoked() - first) / 1000,
                        it.returned() == NEVER ? "never" : (it.returned() - first) / 1000,
                        it.client(),
                        it.action().kind(),
                        it.action().value(),
                        it.result(),
                        it.seen()))
        .collect(Collectors.joining("\n"));
  }
}
