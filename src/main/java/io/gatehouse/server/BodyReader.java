package io.gatehouse.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Reads bodies within limits of time, size and memory, because a thread waits meanwhile. The
 * connector limits how long a single read waits, see {@link ServerConfiguration}.
 */
public final class BodyReader {

  /** The average rate that a client must reach once the patience is over. */
  static final int BYTES_PER_SECOND = 50 * 1024;

  private static final int PART = 8 * 1024;
  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private final Duration patience;
  private final LongSupplier nanoTime;

  /**
   * Creates a reader.
   *
   * @param patience how long a body may take, however small it is
   * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
   */
  public BodyReader(Duration patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /**
   * Reads a whole body.
   *
   * @param announced its {@code Content-Length}, or -1
   * @param limit the most bytes that it may have
   * @param room the reservation of the request; it grows with the received bytes, because an
   *     announcement alone costs the client nothing
   * @throws RefusedBodyException 408, 413 or 503
   */
  public byte[] read(InputStream in, long announced, int limit, MemoryBudget.Reservation room)
      throws IOException {
    if (announced > limit) {
      throw RefusedBodyException.large(limit);
    }
    if (!room.fits(Math.max(announced, 0))) {
      throw RefusedBodyException.noRoom();
    }
    InputStream timed = timed(in);
    byte[] body = new byte[0];
    int length = 0;
    while (true) {
      if (length == body.length) {
        body = larger(body, announced, room);
      }
      int read = timed.read(body, length, body.length - length);
      if (read < 0) {
        return length == body.length ? body : Arrays.copyOf(body, length);
      }
      length += read;
      if (length > limit) {
        throw RefusedBodyException.large(limit);
      }
    }
  }

  /**
   * A larger copy: twice the size, or the announced size and one byte more, which detects the end.
   */
  private static byte[] larger(byte[] body, long announced, MemoryBudget.Reservation room)
      throws RefusedBodyException {
    int next = Math.max(PART, body.length * 2);
    if (announced >= body.length) {
      next = (int) Math.min(next, announced + 1);
    }
    if (!room.holds(next)) {
      throw RefusedBodyException.noRoom();
    }
    return Arrays.copyOf(body, next);
  }

  /**
   * Wraps a stream so that it throws a {@link RefusedBodyException} when the client is too slow.
   */
  InputStream timed(InputStream in) {
    long start = nanoTime.getAsLong();
    return new FilterInputStream(in) {
      private long received;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        int read;
        try {
          read = super.read(into, from, length);
        } catch (IOException e) {
          throw isTimeout(e) ? RefusedBodyException.slow() : e;
        }
        received += Math.max(read, 0);
        if (nanoTime.getAsLong() - start > allowed(received)) {
          throw RefusedBodyException.slow();
        }
        return read;
      }
    };
  }

  /** Whether a read timed out; Tomcat reports that as a client that has disconnected. */
  private static boolean isTimeout(IOException e) {
    return e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException;
  }

  private long allowed(long received) {
    return patience.toNanos() + received * NANOS / BYTES_PER_SECOND;
  }
}
