package io.gatehouse.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spans of messages on their way over a queue. There is no implementation while no traces are
 * exported.
 *
 * @param <T> the kind of message
 */
public interface MessageTraces<T> {

  /** Begins the send of a message. */
  Step<T> send(T message);

  /** Begins the processing of a batch, in one transaction. */
  Step<List<T>> process(List<T> batch);

  /**
   * A step that has begun.
   *
   * @param <M> a message, or a batch of them
   */
  interface Step<M> {

    /** The message or batch for the next step, which then belongs to this one. */
    M message();

    /**
     * Ends the step.
     *
     * @param failure null when it has succeeded
     */
    void end(@Nullable Throwable failure);
  }
}
