package io.gatehouse.command;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether any tenant but the given one has asked lately. The last two callers are sufficient to
 * know.
 */
final class RecentTenants {

  static final long LATELY = Duration.ofSeconds(10).toNanos();

  private Optional<UUID> last = Optional.empty();
  private long lastAt;
  private Optional<Long> beforeAt = Optional.empty();

  void asked(UUID id, long now) {
    if (last.isPresent() && !last.get().equals(id)) {
      beforeAt = Optional.of(lastAt);
    }
    last = Optional.of(id);
    lastAt = now;
  }

  boolean others(UUID id, long now) {
    boolean isLast = last.filter(id::equals).isPresent();
    return isLast
        ? beforeAt.filter(it -> now - it < LATELY).isPresent()
        : last.isPresent() && now - lastAt < LATELY;
  }
}
