package io.gatehouse.postgres;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.change.Compaction;
import io.gatehouse.delivery.CatchUps;
import io.gatehouse.delivery.Feed;
import io.gatehouse.delivery.Laggards;
import io.gatehouse.delivery.Subscriptions;
import io.gatehouse.delivery.Sweep;
import io.gatehouse.directory.CommandAttempts;
import io.gatehouse.directory.Erasure;
import io.gatehouse.directory.LinkConflicts;
import io.gatehouse.directory.Listing;
import io.gatehouse.directory.Outcomes;
import io.gatehouse.directory.Parking;
import io.gatehouse.directory.Register;
import io.gatehouse.directory.Resources;
import io.gatehouse.directory.UnitOfWork;
import io.gatehouse.edge.Catalogues;
import io.gatehouse.edge.Connections;
import io.gatehouse.edge.Feeds;
import io.gatehouse.inbox.Acquaintances;
import io.gatehouse.inbox.ApiStates;
import io.gatehouse.inbox.Inbox;
import io.gatehouse.inbox.Worklist;
import io.gatehouse.lifecycle.Brakes;
import io.gatehouse.lifecycle.Departures;
import io.gatehouse.lifecycle.EnrolmentJobs;
import io.gatehouse.lifecycle.EnrolmentSchedules;
import io.gatehouse.lifecycle.Pseudonym;
import io.gatehouse.lifecycle.SchemaChanges;
import io.gatehouse.lifecycle.SchemaCleanups;
import io.gatehouse.lifecycle.Wards;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the ports to PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class PostgresConfiguration {

  @Bean
  UnitOfWork unitOfWork(JdbcClient jdbc, TransactionTemplate transactions, DataSource connections) {
    return new PostgresUnitOfWork(jdbc, transactions, new DatabaseProbe(connections));
  }

  @Bean
  CommandAttempts commandAttempts(JdbcClient jdbc) {
    return new PostgresCommandAttempts(jdbc);
  }

  @Bean
  @Primary
  Outcomes outcomes(JdbcClient jdbc) {
    return new PostgresOutcomes(jdbc);
  }

  @Bean
  Resources resources(JdbcClient jdbc) {
    return new PostgresResources(jdbc);
  }

  @Bean
  CatchUps catchUps(JdbcClient jdbc) {
    return new PostgresCatchUps(jdbc);
  }

  @Bean
  Register register(SideDatabase reportDatabase, Pseudonym pseudonym) {
    return new PostgresRegister(reportDatabase.jdbc(), pseudonym);
  }

  @Bean
  AuditTrail auditTrail(SideDatabase reportDatabase) {
    return new PostgresAuditTrail(reportDatabase.jdbc());
  }

  @Bean
  Wards wards(JdbcClient jdbc) {
    return new PostgresWards(jdbc);
  }

  @Bean
  Departures departures(JdbcClient jdbc) {
    return new PostgresDepartures(jdbc);
  }

  @Bean
  EnrolmentSchedules enrolmentSchedules(JdbcClient jdbc, TransactionTemplate transactions) {
    return new PostgresEnrolmentSchedules(jdbc, transactions);
  }

  @Bean
  EnrolmentJobs enrolmentJobs(JdbcClient jdbc, TransactionTemplate transactions) {
    return new PostgresEnrolmentJobs(jdbc, transactions);
  }

  @Bean
  SchemaChanges schemaChanges(JdbcClient jdbc, TransactionTemplate transactions, AuditLog audit) {
    return new PostgresSchemaChanges(jdbc, transactions, audit);
  }

  @Bean
  SchemaCleanups schemaCleanups(JdbcClient jdbc, TransactionTemplate transactions, AuditLog audit) {
    return new PostgresSchemaCleanups(jdbc, transactions, audit);
  }

  @Bean
  Brakes brakes(JdbcClient jdbc) {
    return new PostgresBrakes(jdbc);
  }

  @Bean
  LinkConflicts linkConflicts(JdbcClient jdbc) {
    return new PostgresConflicts(jdbc);
  }

  @Bean
  Erasure erasure(JdbcClient jdbc, Pseudonym pseudonym) {
    return new PostgresErasure(jdbc, pseudonym);
  }

  @Bean
  Parking parking(JdbcClient jdbc) {
    return new PostgresParking(jdbc);
  }

  @Bean
  Compaction.Log compactedLog(JdbcClient jdbc, TransactionTemplate transactions) {
    return new PostgresCompaction(jdbc, transactions);
  }

  @Bean
  Feed feed(SideDatabase reportDatabase) {
    return new PostgresFeed(reportDatabase.jdbc());
  }

  @Bean
  Laggards laggards(JdbcClient jdbc, TransactionTemplate transactions) {
    return new PostgresLaggards(jdbc, transactions);
  }

  @Bean
  Sweep.Erasures erasures(JdbcClient jdbc) {
    return new PostgresErasures(jdbc);
  }

  @Bean
  @Primary
  Listing listing(SideDatabase readDatabase) {
    return new PostgresListing(readDatabase.jdbc(), readDatabase.transactions());
  }

  @Bean
  ChangeLog changeLog(JdbcClient jdbc) {
    return new PostgresChangeLog(jdbc);
  }

  @Bean
  AuditLog auditLog(JdbcClient jdbc) {
    return new PostgresAuditLog(jdbc);
  }

  @Bean
  @Primary
  Connections connections(JdbcClient jdbc) {
    return new PostgresConnections(jdbc);
  }

  @Bean
  Catalogues catalogues(@Qualifier("quickDatabase") SideDatabase quick, Clock clock) {
    return new PostgresCatalogues(quick.jdbc(), clock);
  }

  @Bean
  Worklist worklist(JdbcClient jdbc, TransactionTemplate transactions) {
    return new PostgresWorklist(jdbc, transactions);
  }

  @Bean
  Acquaintances acquaintances(JdbcClient jdbc) {
    return new PostgresAcquaintances(jdbc);
  }

  @Bean
  ApiStates apiStates(JdbcClient jdbc) {
    return new PostgresApiStates(jdbc);
  }

  @Bean
  @Primary
  Inbox inbox(JdbcClient jdbc, TransactionTemplate transactions) {
    return new PostgresInbox(jdbc, transactions);
  }

  @Bean
  @Primary
  Feeds feeds(JdbcClient jdbc) {
    return new PostgresFeeds(jdbc);
  }

  @Bean
  @Primary
  Subscriptions subscriptions(JdbcClient jdbc) {
    return new PostgresSubscriptions(jdbc);
  }
}
