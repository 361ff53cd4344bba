package io.gatehouse.server;

/**
 * How much of the heap the bodies of all requests under way may use together. A quarter of the
 * heap; three quarters of that are for large bodies, the rest is for small ones, so that no client
 * with large bodies keeps others from a small write.
 */
public final class MemoryBudget {

  /**
   * What a byte of JSON costs as a tree, as a command on its way to the queue, and as an answer.
   */
  static final int WEIGHT = 10;

  /** Bytes of a body that counts as small. */
  static final int SMALL = 64 * 1024;

  private static final int SHARE_OF_HEAP = 4;
  private static final int SHARE_OF_SMALL = 4;

  private final long smallLimit;
  private final long largeLimit;
  private long small;
  private long large;

  /**
   * Makes a budget.
   *
   * @param heap bytes that the heap may grow to
   */
  public MemoryBudget(long heap) {
    long total = heap / SHARE_OF_HEAP;
    this.smallLimit = total / SHARE_OF_SMALL;
    this.largeLimit = total - smallLimit;
  }

  /** Bytes of the heap that are reserved now. */
  public synchronized long reserved() {
    return small + large;
  }

  /** A reservation of nothing yet, for one request. */
  public Reservation open() {
    return new Reservation();
  }

  /** What one request has reserved, until it is closed. */
  public final class Reservation implements AutoCloseable {

    private long heldSmall;
    private long heldLarge;

    private Reservation() {}

    /** Whether there is room now for a body of so many bytes, without reserving it. */
    public boolean fits(long bytes) {
      synchronized (MemoryBudget.this) {
        return bytes > SMALL
            ? large - heldLarge + weight(bytes, largeLimit) <= largeLimit
            : small - heldSmall + weight(bytes, smallLimit) <= smallLimit;
      }
    }

    /**
     * Reserves room for a body of so many bytes in all, in place of what was reserved before; false
     * when there is none. A body that is alone always has room.
     */
    public boolean holds(long bytes) {
      synchronized (MemoryBudget.this) {
        if (!fits(bytes)) {
          return false;
        }
        close();
        if (bytes > SMALL) {
          heldLarge = weight(bytes, largeLimit);
          large += heldLarge;
        } else {
          heldSmall = weight(bytes, smallLimit);
          small += heldSmall;
        }
        return true;
      }
    }

    @Override
    public void close() {
      synchronized (MemoryBudget.this) {
        small -= heldSmall;
        large -= heldLarge;
        heldSmall = 0;
        heldLarge = 0;
      }
    }
  }

  private static long weight(long bytes, long limit) {
    return Math.min(bytes * WEIGHT, limit);
  }
}
