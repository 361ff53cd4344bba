package io.gatehouse.camel.queue;

import java.time.Duration;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/** How one kind of thing travels on a queue: as text, and in order with those of the same key. */
interface QueueFormat<T> {

  /** What a route sends. */
  T in(Message message) throws InvalidPayloadException;

  String encode(T one);

  /**
   * Reads what {@link #encode} has written.
   *
   * @throws RuntimeException when it is something else
   */
  T decode(String text);

  String key(T one);

  /**
   * After how long it need not be delivered any more; zero for what waits for as long as it takes.
   */
  default Duration lifetime(T one) {
    return Duration.ZERO;
  }
}
