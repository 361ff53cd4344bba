package io.gatehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Puts a {@link BoundedDataSource} with the same settings in the place of Spring Boot's pool, which
 * has not opened a connection yet.
 */
final class BoundedDataSources implements DestructionAwareBeanPostProcessor {

  private final boolean isolated;
  private @Nullable HikariDataSource pool;

  /**
   * Makes it.
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

  /** With the pool in whose place it is, and so before the database. */
  @Override
  public void postProcessBeforeDestruction(Object bean, String name) {
    if (bean instanceof HikariDataSource && pool != null) {
      pool.close();
    }
  }
}
