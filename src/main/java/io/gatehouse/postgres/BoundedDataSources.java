package io.gatehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Replaces Spring Boot's pool, before it opens a connection, by a {@link BoundedDataSource} with
 * the same settings.
 */
final class BoundedDataSources implements DestructionAwareBeanPostProcessor {

  private final boolean isolated;
  private @Nullable HikariDataSource pool;

  /**
   * Creates the post-processor.
   *
   * @param isolated whether its connections see the rows of one tenant
   */
  BoundedDataSources(boolean isolated) {
    this.isolated = isolated;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource plain) {
      HikariDataSource bounded = isolated ? new TenantDataSource() : new BoundedDataSource();
      plain.copyStateTo(bounded);
      pool = bounded;
      return bounded;
    }
    return bean;
  }

  @Override
  public boolean requiresDestruction(Object bean) {
    return bean instanceof HikariDataSource;
  }

  /** Closes the replacement together with the replaced pool, and so before the database stops. */
  @Override
  public void postProcessBeforeDestruction(Object bean, String name) {
    if (bean instanceof HikariDataSource && pool != null) {
      pool.close();
    }
  }
}
