package io.gatehouse.postgres;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.TenantScope;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

/** Migrates the database as its owner, and grants the gateway its rights. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationConfiguration.class);

  @Bean
  FlywayMigrationStrategy migrateADurableDatabase(
      DataSource dataSource,
      JdbcConnectionDetails gateway,
      ObjectProvider<FlywayConnectionDetails> owners,
      GatehouseProperties settings) {
    return flyway -> {
      DurabilityCheck.requirePrimary(gateway.getJdbcUrl());
      JdbcClient jdbc = JdbcClient.create(dataSource);
      DurabilityCheck.require(jdbc);
      migrate(flyway);
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

  /**
   * A build whose migrations were rewritten leaves tables that are no start for this one. The
   * advice of Flyway would be to take them as they are.
   */
  private static void migrate(Flyway flyway) {
    try {
      flyway.migrate();
    } catch (FlywayValidateException e) {
      LOG.warn("The database has other migrations: {}", e.getMessage());
      throw new StartupRefusedException(
          "The tables in the database were made by another build of Gatehouse, and this build cannot"
              + " change them into its own. Start that build, or this one with an empty database and an empty"
              + " broker. For the embedded ones, set GATEHOUSE_DATA to another folder or remove the one that"
              + " it names.");
    } catch (FlywayException e) {
      if (e.getErrorCode() == CoreErrorCode.DUPLICATE_VERSIONED_MIGRATION) {
        throw new StartupRefusedException(
            "The class path has the migrations of two builds of Gatehouse. Run ./mvnw clean first.");
      }
      throw e;
    }
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
