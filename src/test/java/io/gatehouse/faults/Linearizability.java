package io.gatehouse.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The algorithm of Wing and Gong with the improvements of Lowe, as in Porcupine: a depth-first
 * search for an order of the operations that respects their times and the model. A pair of
 * linearized operations and state is visited once.
 */
final class Linearizability {

  private Linearizability() {}

  /** A sequential object. */
  @FunctionalInterface
  interface Model<S, O> {
    /** The state after an operation; empty if its result is impossible in this state. */
    Optional<S> step(S state, O operation);
  }

  /**
   * An operation and its time.
   *
   * @param returned {@link History#NEVER} if it may happen at any time after its invocation, or not
   *     at all
   */
  record Operation<O>(O operation, long invoked, long returned) {
    boolean isOpen() {
      return returned == History.NEVER;
    }
  }

  /** Whether the operations on one object have an order that the model allows. */
  static <S, O> boolean of(Model<S, O> model, S initial, List<Operation<O>> operations) {
    return new Search<>(model, operations).run(initial);
  }

  /** The invocation or the return of an operation, in a list from which both can be taken out. */
  private static final class Event<O> {
    private final Operation<O> operation;
    private final int number;
    private Event<O> previous;
    private Event<O> next;

    /** Null in the event of a return, and where there is no return. */
    private Event<O> end;

    private final boolean invocation;

    private Event(Operation<O> operation, int number, boolean invocation) {
      this.operation = operation;
      this.number = number;
      this.invocation = invocation;
    }

    private long time() {
      return invocation ? operation.invoked() : operation.returned();
    }

    private void unlink() {
      previous.next = next;
      if (next != null) {
        next.previous = previous;
      }
    }

    private void relink() {
      previous.next = this;
      if (next != null) {
        next.previous = this;
      }
    }
  }

  private record Visited<S>(BitSet linearized, S state) {}

  private record Choice<S, O>(Event<O> event, S before) {}

  private static final class Search<S, O> {
    private final Model<S, O> model;
    private final Event<O> head = new Event<>(null, -1, true);
    private final Deque<Choice<S, O>> choices = new ArrayDeque<>();
    private final Set<Visited<S>> visited = new HashSet<>();
    private final BitSet linearized = new BitSet();
    private int missing;

    private Search(Model<S, O> model, List<Operation<O>> operations) {
      this.model = model;
      List<Event<O>> events = new ArrayList<>();
      for (Operation<O> each : operations) {
        Event<O> invocation = new Event<>(each, events.size(), true);
        events.add(invocation);
        if (!each.isOpen()) {
          invocation.end = new Event<>(each, invocation.number, false);
          events.add(invocation.end);
          missing++;
        }
      }
      // An invocation at the time of a return is concurrent with it.
      events.sort(
          Comparator.<Event<O>>comparingLong(Event::time)
              .thenComparing(it -> it.invocation ? 0 : 1));
      Event<O> last = head;
      for (Event<O> each : events) {
        last.next = each;
        each.previous = last;
        last = each;
      }
    }

    private boolean run(S initial) {
      S state = initial;
      Event<O> at = head.next;
      while (missing > 0) {
        Optional<S> next =
            at != null && at.invocation
                ? model.step(state, at.operation.operation()).filter(isNew(at))
                : Optional.empty();
        if (next.isPresent()) {
          choices.push(new Choice<>(at, state));
          take(at);
          state = next.get();
          at = head.next;
        } else if (at != null && at.invocation) {
          at = at.next;
        } else if (choices.isEmpty()) {
          return false; // an operation has returned that cannot be linearized before its return
        } else {
          Choice<S, O> last = choices.pop();
          putBack(last.event());
          state = last.before();
          at = last.event().next;
        }
      }
      return true;
    }

    private java.util.function.Predicate<S> isNew(Event<O> event) {
      return state -> {
        BitSet with = (BitSet) linearized.clone();
        with.set(event.number);
        return visited.add(new Visited<>(with, state));
      };
    }

    private void take(Event<O> event) {
      linearized.set(event.number);
      event.unlink();
      if (event.end != null) {
        event.end.unlink();
        missing--;
      }
    }

    private void putBack(Event<O> event) {
      linearized.clear(event.number);
      if (event.end != null) {
        event.end.relink();
        missing++;
      }
      event.relink();
    }
  }
}
