package io.gatehouse.server;

/**
 * Limits how much heap the bodies of all current requests use together: a quarter of the heap.
 * Large bodies may use three quarters of that. The rest is reserved for small bodies, so that large
 * ones do not block small writes.
 */
public final class MemoryBudget {

  /** Heap bytes for each byte of JSON: as a tree, as a queued command and as an answer. */
  static final int WEIGHT = 10;

  /** The largest body, in bytes, that counts as small. */
  static final int SMALL = 64 * 1024;

  private static final int SHARE_OF_HEAP = 4;
  private static final int SHARE_OF_SMALL = 4;

  private final long smallLimit;
  private final long largeLimit;
  private long small;
  private long large;

  /**
   * Creates a budget.
   *
   * @param heap the maximum heap in bytes
   */
  public MemoryBudget(long heap) {
    long total = heap / SHARE_OF_HEAP;
    this.smallLimit = total / SHARE_OF_SMALL;
    this.largeLimit = total - smallLimit;
  }

  /** The reserved bytes of the heap. */
  public synchronized long reserved() {
    return small + large;
  }

  /** Opens an empty reservation for one request. */
  public Reservation open() {
    return new Reservation();
  }

  /** The reservation of one request, held until it is closed. */
  public final class Reservation implements AutoCloseable {

    private long heldSmall;
    private long heldLarge;

    private Reservation() {}

    /** Whether a body of this many bytes fits now; reserves nothing. */
    public boolean fits(long bytes) {
      synchronized (MemoryBudget.this) {
        return bytes > SMALL
            ? large - heldLarge + weight(bytes, largeLimit) <= largeLimit
            : small - heldSmall + weight(bytes, smallLimit) <= smallLimit;
      }
    }

    /**
     * Reserves room for a body of this many bytes in total, in place of the previous reservation;
     * false when there is none. A single body always has room.
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
