package io.gatehouse.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long the disk of the broker takes to sync a write. The journal gathers writes for as
 * long before it syncs again, so a lone write waits for little more than the disk. Without a
 * measurement, it gathers them for as long as a slow disk takes, and a lone write waits for that.
 */
final class JournalSync {

  private static final Logger LOG = LoggerFactory.getLogger(JournalSync.class);

  /**
   * What is left of the time after a sync is slept. The broker gives up sleeps that are much longer
   * than they should be, as all are below that, and burns CPU instead.
   */
  private static final long SLEEP = TimeUnit.MICROSECONDS.toNanos(150);

  private static final long SHORTEST = TimeUnit.MICROSECONDS.toNanos(200);

  /**
   * A slower disk is busy with one sync while the writes for the next are gathered, so that nothing
   * is gained by waiting longer; and a machine that is busy at the start measures too much.
   */
  private static final long LONGEST = TimeUnit.MICROSECONDS.toNanos(500);

  private static final int SYNCS = 25;
  private static final int FEW = 3;
  private static final int BLOCK = 4096;
  private static final long ENOUGH = TimeUnit.MILLISECONDS.toNanos(200);

  private JournalSync() {}

  /**
   * A little more than the shortest of a few syncs, in nanoseconds, between 0.2 and 0.5 ms; takes
   * some 200 ms at most. Whatever else the machine does at the start only adds to the others.
   *
   * @param folder where the journal is; a folder that cannot be written to counts as slow, because
   *     the broker says better what is wrong with it
   */
  static int nanos(Path folder) {
    try {
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "sync", ".tmp");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
        return bounded(shortest(channel) + SLEEP);
      }
    } catch (IOException e) {
      LOG.debug("The disk of the broker cannot be measured", e);
      return bounded(LONGEST);
    }
  }

  /** Overwrites blocks that are there, as the journal does. */
  private static long shortest(FileChannel channel) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    long end = System.nanoTime() + ENOUGH;
    write(channel, ByteBuffer.allocateDirect(SYNCS * BLOCK), 0);
    long shortest = LONGEST;
    for (int i = 0; i < SYNCS && (i < FEW || System.nanoTime() < end); i++) {
      long start = System.nanoTime();
      write(channel, block.clear(), (long) i * BLOCK);
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return shortest;
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    channel.write(bytes, position);
    channel.force(false);
  }

  static int bounded(long nanos) {
    return Math.toIntExact(Math.max(SHORTEST, Math.min(LONGEST, nanos)));
  }
}
