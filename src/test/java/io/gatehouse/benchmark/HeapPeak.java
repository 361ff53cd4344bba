package io.gatehouse.benchmark;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The most that was left on the heap after a garbage collection, while this is open. */
final class HeapPeak implements NotificationListener, AutoCloseable {

  private static final long MEBI = 1024 * 1024;

  private final AtomicLong most = new AtomicLong();
  private final long before;

  HeapPeak() {
    System.gc();
    before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    for (GarbageCollectorMXBean it : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) it).addNotificationListener(this, null, null);
    }
  }

  @Override
  public void handleNotification(Notification notification, Object nothing) {
    if (notification.getUserData() instanceof CompositeData data) {
      long left =
          GarbageCollectionNotificationInfo.from(data)
              .getGcInfo()
              .getMemoryUsageAfterGc()
              .entrySet()
              .stream()
              .filter(it -> isHeap(it.getKey()))
              .mapToLong(it -> it.getValue().getUsed())
              .sum();
      most.accumulateAndGet(left, Math::max);
    }
  }

  private static boolean isHeap(String pool) {
    return pool.contains("Eden") || pool.contains("Survivor") || pool.contains("Old");
  }

  long before() {
    return before / MEBI;
  }

  long most() {
    return most.get() / MEBI;
  }

  @Override
  public void close() throws ListenerNotFoundException {
    for (GarbageCollectorMXBean it : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) it).removeNotificationListener(this);
    }
  }
}
