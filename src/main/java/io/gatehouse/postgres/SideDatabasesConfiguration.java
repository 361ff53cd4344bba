package io.gatehouse.postgres;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.delivery.queue.Subscriptions;
import io.gatehouse.directory.OutcomeStore;
import io.gatehouse.directory.ResourceQueries;
import io.gatehouse.inbox.Inbox;
import io.gatehouse.postgres.SideDatabase.Limits;
import io.gatehouse.signin.CredentialOwners;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Credentials;
import io.gatehouse.tenant.IdpSubscriptionIds;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Pools beside that of the writes, and the ports over them. The schema is an argument because it
 * must be there first.
 */
@Configuration(proxyBeanMethods = false)
class SideDatabasesConfiguration {

  /** More than there are places for reads, for long lists that are read while they are written. */
  private static final int SPARE = 2;

  @Bean
  SideDatabase readDatabase(
      JdbcConnectionDetails details,
      GatehouseProperties settings,
      FlywayMigrationInitializer migrated) {
    GatehouseProperties.Reads reads = settings.reads();
    Limits limits = Limits.reads(reads.maxRunning() + SPARE, reads.timeout());
    return new SideDatabase(details, limits, settings.tenantIsolation());
  }

  @Bean
  SideDatabase reportDatabase(
      JdbcConnectionDetails details,
      GatehouseProperties settings,
      FlywayMigrationInitializer migrated) {
    return new SideDatabase(details, Limits.REPORTS, settings.tenantIsolation());
  }

  @Bean
  SideDatabase quickDatabase(
      JdbcConnectionDetails details,
      GatehouseProperties settings,
      FlywayMigrationInitializer migrated) {
    return new SideDatabase(details, Limits.QUICK, settings.tenantIsolation());
  }

  @Bean
  SideDatabase probeDatabase(
      JdbcConnectionDetails details,
      GatehouseProperties settings,
      FlywayMigrationInitializer migrated) {
    return new SideDatabase(details, Limits.PROBE, settings.tenantIsolation());
  }

  @Bean
  SideDatabase answerDatabase(
      JdbcConnectionDetails details,
      GatehouseProperties settings,
      FlywayMigrationInitializer migrated) {
    Limits limits = Limits.answers(settings.reads().timeout());
    return new SideDatabase(details, limits, settings.tenantIsolation());
  }

  @Bean
  SideDatabase signInDatabase(
      JdbcConnectionDetails details,
      GatehouseProperties settings,
      FlywayMigrationInitializer migrated) {
    return new SideDatabase(details, Limits.SIGN_INS, settings.tenantIsolation());
  }

  @Bean
  SideDatabase heartbeatDatabase(
      JdbcConnectionDetails details,
      GatehouseProperties settings,
      FlywayMigrationInitializer migrated) {
    return new SideDatabase(details, Limits.HEARTBEAT, settings.tenantIsolation());
  }

  @Bean
  ResourceQueries answerListing(@Qualifier("answerDatabase") SideDatabase answers) {
    return new PostgresResourceQueries(answers.jdbc(), answers.transactions());
  }

  @Bean
  Credentials credentials(@Qualifier("signInDatabase") SideDatabase signIns) {
    return new PostgresCredentials(signIns.jdbc());
  }

  @Bean
  Subscriptions signInSubscriptions(@Qualifier("signInDatabase") SideDatabase signIns) {
    return new PostgresSubscriptions(signIns.jdbc());
  }

  @Bean
  CredentialOwners credentialOwners(@Qualifier("signInDatabase") SideDatabase signIns) {
    return new PostgresCredentialOwners(signIns.jdbc());
  }

  @Bean
  OutcomeStore heartbeatOutcomes(@Qualifier("heartbeatDatabase") SideDatabase heartbeat) {
    return new PostgresOutcomeStore(heartbeat.jdbc());
  }

  @Bean
  OutcomeStore quickOutcomes(@Qualifier("quickDatabase") SideDatabase quick) {
    return new PostgresOutcomeStore(quick.jdbc());
  }

  @Bean
  OutcomeStore probedOutcomes(@Qualifier("probeDatabase") SideDatabase probe) {
    return new PostgresOutcomeStore(probe.jdbc());
  }

  @Bean
  Inbox quickInbox(@Qualifier("quickDatabase") SideDatabase quick) {
    return new PostgresInbox(quick.jdbc(), quick.transactions());
  }

  @Bean
  Connections quickConnections(@Qualifier("quickDatabase") SideDatabase quick) {
    return new PostgresConnections(quick.jdbc());
  }

  @Bean
  IdpSubscriptionIds quickFeeds(@Qualifier("quickDatabase") SideDatabase quick) {
    return new PostgresIdpSubscriptionIds(quick.jdbc());
  }
}
