package io.gatehouse.camel.queue;

import java.time.Duration;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/** The message format of one kind of body: text, with a key that orders messages. */
interface QueueFormat<T> {

  /** The body of a message that a route sends. */
  T in(Message message) throws InvalidPayloadException;

  String encode(T one);

  /**
   * Reads a text that {@link #encode} has written.
   *
   * @throws RuntimeException when it is any other text
   */
  T decode(String text);

  String key(T one);

  /**
   * Whether a message may be read after later ones with its key, because its content says when it
   * happened.
   */
  default boolean mayComeLate() {
    return false;
  }

  /** The time to live of the message; zero when it does not expire. */
  default Duration lifetime(T one) {
    return Duration.ZERO;
  }
}
