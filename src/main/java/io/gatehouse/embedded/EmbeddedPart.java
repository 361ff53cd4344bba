package io.gatehouse.embedded;

import java.util.function.BooleanSupplier;

/**
 * An embedded server that can end by itself.
 *
 * @param name its name in the log
 * @param running whether it is running; polled by the supervisor
 * @param restart restarts it, with the same data at the same address
 */
record EmbeddedPart(String name, BooleanSupplier running, Restart restart) {

  /** A restart; returns when the part can be used again. */
  interface Restart {
    void run() throws Exception;
  }
}
