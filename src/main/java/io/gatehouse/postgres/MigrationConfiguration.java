package io.gatehouse.postgres;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.TenantScope;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires what happens to the database before the gateway works with it, and as whom. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

  @Bean
  FlywayMigrationStrategy migrateADurableDatabase(
      DataSource dataSource,
      JdbcConnectionDetails gateway,
      ObjectProvider<FlywayConnectionDetails> owners,
      GatehouseProperties settings) {
    return flyway -> {
      JdbcClient jdbc = JdbcClient.create(dataSource);
      DurabilityCheck.require(jdbc);
      flyway.migrate();
      String owner = owners.stream().map(MigrationConfiguration::user).findFirst().orElse("");
      boolean two = !owner.isEmpty() && !owner.equals(gateway.getUsername());
      if (two || RoleGrants.isOwner(jdbc)) {
        RoleGrants.give(
            flyway.getConfiguration().getDataSource(),
            two ? gateway.getUsername() : null,
            settings.tenantIsolation());
      }
      if (settings.tenantIsolation()) {
        RowIsolation.require(jdbc);
      }
      RoleGrants.warnOfPower(jdbc);
    };
  }

  private static String user(FlywayConnectionDetails owner) {
    @Nullable String user = owner.getUsername();
    return user == null ? "" : user;
  }

  /** Migrations change the rows of all tenants. */
  @Bean
  FlywayConfigurationCustomizer migrationsOfAllTenants() {
    return flyway -> flyway.initSql("set gatehouse.tenants = '" + TenantScope.ALL + "'");
  }

  @Bean
  @ConditionalOnExpression(
      "!'${gatehouse.db.url:}'.isEmpty() and !'${gatehouse.db.owner:}'.isEmpty()")
  FlywayConnectionDetails externalOwner(GatehouseProperties settings) {
    GatehouseProperties.Db db = settings.db();
    return new OwnerConnection(
        Objects.requireNonNull(db.url()),
        new DatabaseRoles.Login(
            Objects.requireNonNull(db.owner()),
            Objects.requireNonNullElse(db.ownerPassword(), "")));
  }

  @Bean
  static BoundedDataSources boundedDataSources(Environment settings) {
    return new BoundedDataSources(
        settings.getProperty("gatehouse.tenant-isolation", Boolean.class, false));
  }
}
