package io.gatehouse;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tenant that the current thread works for, set after its credential has been verified. Code
 * outside of any scope works for all tenants: the admin API, the relay and scheduled jobs.
 */
public final class TenantScope implements AutoCloseable {

  /** The value for all tenants. */
  public static final String ALL = "*";

  private static final ThreadLocal<@Nullable TenantScope> CURRENT = new ThreadLocal<>();

  private final String tenant;
  private final @Nullable TenantScope outer;

  private TenantScope(String tenant, @Nullable TenantScope outer) {
    this.tenant = tenant;
    this.outer = outer;
  }

  /** Opens a scope of this thread, until it is closed. */
  public static TenantScope of(UUID tenant) {
    TenantScope scope = new TenantScope(tenant.toString(), CURRENT.get());
    CURRENT.set(scope);
    return scope;
  }

  /** The id of the tenant, or {@link #ALL}. */
  public static String current() {
    TenantScope scope = CURRENT.get();
    return scope == null ? ALL : scope.tenant;
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
