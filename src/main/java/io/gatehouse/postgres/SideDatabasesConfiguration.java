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
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pools beside that of the writes, and the ports over them. */
@Configuration(proxyBeanMethods = false)
class SideDatabasesConfiguration {

  /** More than there are places for reads, for long lists that are read while they are written. */
  private static final int SPARE = 2;

  /** The schema is an argument because it must be there before any pool is. */
  @Bean
  Pools pools(
      JdbcConnectionDetails details,
      GatehouseProperties settings,
      FlywayMigrationInitializer migrated,
      MeterRegistry meters) {
    return limits -> new SideDatabase(details, limits, settings.tenantIsolation(), meters);
  }

  /** Opens a pool. */
  @FunctionalInterface
  interface Pools {
    SideDatabase open(Limits limits);
  }

  @Bean
  SideDatabase readDatabase(Pools pools, GatehouseProperties settings) {
    GatehouseProperties.Reads reads = settings.reads();
    return pools.open(Limits.reads(reads.maxRunning() + SPARE, reads.timeout()));
  }

  @Bean
  SideDatabase reportDatabase(Pools pools) {
    return pools.open(Limits.REPORTS);
  }

  @Bean
  SideDatabase quickDatabase(Pools pools) {
    return pools.open(Limits.QUICK);
  }

  @Bean
  SideDatabase probeDatabase(Pools pools) {
    return pools.open(Limits.PROBE);
  }

  @Bean
  SideDatabase answerDatabase(Pools pools, GatehouseProperties settings) {
    return pools.open(Limits.answers(settings.reads().timeout()));
  }

  @Bean
  SideDatabase signInDatabase(Pools pools) {
    return pools.open(Limits.SIGN_INS);
  }

  @Bean
  SideDatabase heartbeatDatabase(Pools pools) {
    return pools.open(Limits.HEARTBEAT);
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
    return new PostgresConnections(quick.jdbc(), quick.transactions());
  }

  @Bean
  IdpSubscriptionIds quickFeeds(@Qualifier("quickDatabase") SideDatabase quick) {
    return new PostgresIdpSubscriptionIds(quick.jdbc());
  }
}
