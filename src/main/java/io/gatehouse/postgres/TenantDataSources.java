package io.gatehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts a {@link TenantDataSource} with the same settings in the place of Spring Boot's pool, which
 * has not opened a connection yet.
 */
final class TenantDataSources implements BeanPostProcessor, AutoCloseable {

  private @Nullable TenantDataSource pool;

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource plain) {
      TenantDataSource tenants = new TenantDataSource();
      plain.copyStateTo(tenants);
      pool = tenants;
      return tenants;
    }
    return bean;
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
