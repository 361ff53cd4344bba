package io.gatehouse.postgres;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.delivery.Subscriptions;
import io.gatehouse.directory.Listing;
import io.gatehouse.directory.Outcomes;
import io.gatehouse.edge.Connections;
import io.gatehouse.edge.Credentials;
import io.gatehouse.edge.Feeds;
import io.gatehouse.edge.Subjects;
import io.gatehouse.inbox.Inbox;
import io.gatehouse.postgres.SideDatabase.Limits;
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
  Listing answerListing(@Qualifier("answerDatabase") SideDatabase answers) {
    return new PostgresListing(answers.jdbc(), answers.transactions());
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
  Subjects subjects(@Qualifier("signInDatabase") SideDatabase signIns) {
    return new PostgresSubjects(signIns.jdbc());
  }

  @Bean
  Outcomes heartbeatOutcomes(@Qualifier("heartbeatDatabase") SideDatabase heartbeat) {
    return new PostgresOutcomes(heartbeat.jdbc());
  }

  @Bean
  Outcomes quickOutcomes(@Qualifier("quickDatabase") SideDatabase quick) {
    return new PostgresOutcomes(quick.jdbc());
  }

  @Bean
  Outcomes probedOutcomes(@Qualifier("probeDatabase") SideDatabase probe) {
    return new PostgresOutcomes(probe.jdbc());
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
  Feeds quickFeeds(@Qualifier("quickDatabase") SideDatabase quick) {
    return new PostgresFeeds(quick.jdbc());
  }
}
