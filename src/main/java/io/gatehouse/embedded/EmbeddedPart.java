package io.gatehouse.embedded;

import java.util.function.BooleanSupplier;

/**
 * A part of the gateway that can end by itself.
 *
 * @param name in the log
 * @param running whether it has not ended; asked all the time
 * @param restart starts it again, with the same data at the same address
 */
record EmbeddedPart(String name, BooleanSupplier running, Restart restart) {

  /** Returns when the part can be used again. */
  interface Restart {
    void run() throws Exception;
  }
}
