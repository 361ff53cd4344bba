package io.gatehouse.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The origin of the call that the current thread works for, where another thread has received it.
 * Without it, what several threads do for one call would be recorded without an address.
 */
public final class OriginScope implements AutoCloseable {

  private static final ThreadLocal<@Nullable OriginScope> CURRENT = new ThreadLocal<>();

  private final @Nullable Origin origin;
  private final @Nullable OriginScope outer;

  private OriginScope(@Nullable Origin origin, @Nullable OriginScope outer) {
    this.origin = origin;
    this.outer = outer;
  }

  /** Opens a scope of this thread, until it is closed. */
  public static OriginScope of(Optional<Origin> origin) {
    OriginScope scope = new OriginScope(origin.orElse(null), CURRENT.get());
    CURRENT.set(scope);
    return scope;
  }

  /** The origin; empty outside of a scope. */
  public static Optional<Origin> current() {
    OriginScope scope = CURRENT.get();
    return scope == null ? Optional.empty() : Optional.ofNullable(scope.origin);
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
