package io.gatehouse.faults;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The faults of this process: the armed halt point, the seeded bug, and slow commits. */
final class Faults {

  static final String BUG = "faults.bug";

  /** The longest time that a commit is held back, in milliseconds. */
  static final String JITTER = "faults.jitter";

  /** How long the second relay pauses. */
  static final long RELAY_MILLIS = Long.getLong("faults.relay", 50);

  /** The file with the ids of the commands that the broker has accepted. */
  static final String ACCEPTED = "faults.accepted";

  /** The exit status of a halted process. */
  static final int HALTED = 137;

  private static final SeededBug SEEDED =
      SeededBug.valueOf(System.getProperty(BUG, SeededBug.NONE.name()));
  private static final int JITTER_MILLIS = Integer.getInteger(JITTER, 0);
  private static final Map<HaltPoint, AtomicInteger> PASSAGES = new EnumMap<>(HaltPoint.class);
  private static final OutputStream ACCEPTED_COMMANDS = open(System.getProperty(ACCEPTED));

  static {
    for (HaltPoint each : HaltPoint.values()) {
      PASSAGES.put(each, new AtomicInteger());
    }
  }

  private Faults() {}

  private static OutputStream open(String file) {
    try {
      return file == null ? OutputStream.nullOutputStream() : new FileOutputStream(file, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean has(SeededBug bug) {
    return SEEDED == bug;
  }

  /** Halts the process at the n-th passage of a point from now on. */
  static void arm(HaltPoint point, int passage) {
    PASSAGES.get(point).set(passage);
  }

  /** Halts here if the passage is the one. */
  static void pass(HaltPoint point) {
    AtomicInteger left = PASSAGES.get(point);
    if (left.get() > 0 && left.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(HALTED);
    }
  }

  /** Holds back a commit. */
  static void hold() {
    if (JITTER_MILLIS > 0) {
      pause(ThreadLocalRandom.current().nextInt(JITTER_MILLIS + 1));
    }
  }

  static void pause(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }

  /** Without a buffer, so that a killed process has written it. */
  static void accepted(String command) {
    try {
      synchronized (ACCEPTED_COMMANDS) {
        ACCEPTED_COMMANDS.write((command + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
