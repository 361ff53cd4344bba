package io.gatehouse.support;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** What goes wrong with the next calls of a {@link FakeIdp}, one after the other. */
public final class FakeFaults {

  private final Queue<Function<FakeVendor, FakeReply>> next = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** The next call is answered 429, in the vendor's own way. */
  public void tooMany(Duration wait) {
    next.add(vendor -> vendor.tooMany(wait));
  }

  /** The next calls are answered with this status. */
  public void failing(int calls, int status) {
    for (int i = 0; i < calls; i++) {
      next.add(vendor -> FakeReply.of(status, null));
    }
  }

  /** Something happens elsewhere while the next call is answered. */
  public void meanwhile(Runnable elsewhere) {
    next.add(
        vendor -> {
          elsewhere.run();
          return null;
        });
  }

  /** The next call is not answered. */
  public void silent() {
    next.add(
        vendor -> {
          try {
            ended.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return FakeReply.of(503, null);
        });
  }

  /** The fault of this call; null when there is none. */
  FakeReply next(FakeVendor vendor) {
    Function<FakeVendor, FakeReply> fault = next.poll();
    return fault == null ? null : fault.apply(vendor);
  }

  void end() {
    ended.countDown();
  }
}
