package io.gatehouse.postgres;

import io.gatehouse.audit.AuditChain;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.audit.AuditSeal;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.change.Compaction;
import io.gatehouse.delivery.PublishAttempts;
import io.gatehouse.delivery.feed.FeedLog;
import io.gatehouse.delivery.queue.FailedEventErasure;
import io.gatehouse.delivery.queue.LaggingSubscriptions;
import io.gatehouse.delivery.queue.ReplayJobs;
import io.gatehouse.delivery.queue.Subscriptions;
import io.gatehouse.directory.CommandAttempts;
import io.gatehouse.directory.Erasure;
import io.gatehouse.directory.LinkConflicts;
import io.gatehouse.directory.OutcomeStore;
import io.gatehouse.directory.Parking;
import io.gatehouse.directory.PeopleQueries;
import io.gatehouse.directory.ResourceQueries;
import io.gatehouse.directory.ResourceStore;
import io.gatehouse.inbox.IdpIdentities;
import io.gatehouse.inbox.IdpStates;
import io.gatehouse.inbox.Inbox;
import io.gatehouse.inbox.InboxTasks;
import io.gatehouse.lifecycle.Brakes;
import io.gatehouse.lifecycle.EnrolmentJobs;
import io.gatehouse.lifecycle.EnrolmentSchedules;
import io.gatehouse.lifecycle.PersonRefs;
import io.gatehouse.lifecycle.Pseudonym;
import io.gatehouse.lifecycle.RemovedConnections;
import io.gatehouse.lifecycle.SchemaChanges;
import io.gatehouse.lifecycle.SchemaCleanups;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.IdpSubscriptionIds;
import io.gatehouse.tenant.TenantSchemas;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the ports to PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class PostgresConfiguration {

  @Bean
  TransactionTemplate transactions(PlatformTransactionManager manager) {
    return new TransactionTemplate(manager);
  }

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
  OutcomeStore outcomeStore(JdbcClient jdbc) {
    return new PostgresOutcomeStore(jdbc);
  }

  @Bean
  ResourceStore resourceStore(JdbcClient jdbc) {
    return new PostgresResourceStore(jdbc);
  }

  @Bean
  PublishAttempts publishAttempts(JdbcClient jdbc) {
    return new PostgresPublishAttempts(jdbc);
  }

  @Bean
  ReplayJobs replayJobs(JdbcClient jdbc) {
    return new PostgresReplayJobs(jdbc);
  }

  @Bean
  PeopleQueries peopleQueries(SideDatabase reportDatabase, Pseudonym pseudonym) {
    return new PostgresPeopleQueries(reportDatabase.jdbc(), pseudonym);
  }

  @Bean
  AuditTrail auditTrail(SideDatabase reportDatabase) {
    return new PostgresAuditTrail(reportDatabase.jdbc());
  }

  @Bean
  PersonRefs personRefs(JdbcClient jdbc) {
    return new PostgresPersonRefs(jdbc);
  }

  @Bean
  RemovedConnections removedConnections(JdbcClient jdbc) {
    return new PostgresRemovedConnections(jdbc);
  }

  @Bean
  EnrolmentSchedules enrolmentSchedules(JdbcClient jdbc) {
    return new PostgresEnrolmentSchedules(jdbc);
  }

  @Bean
  EnrolmentJobs enrolmentJobs(JdbcClient jdbc) {
    return new PostgresEnrolmentJobs(jdbc);
  }

  @Bean
  SchemaChanges schemaChanges(JdbcClient jdbc, TransactionTemplate transactions, AuditLog audit) {
    return new PostgresSchemaChanges(jdbc, transactions, audit);
  }

  @Bean
  SchemaCleanups schemaCleanups(JdbcClient jdbc, AuditLog audit) {
    return new PostgresSchemaCleanups(jdbc, audit);
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
  FeedLog feedLog(SideDatabase reportDatabase) {
    return new PostgresFeedLog(reportDatabase.jdbc());
  }

  @Bean
  LaggingSubscriptions laggingSubscriptions(JdbcClient jdbc) {
    return new PostgresLaggingSubscriptions(jdbc);
  }

  @Bean
  FailedEventErasure.Erasures erasures(JdbcClient jdbc) {
    return new PostgresErasures(jdbc);
  }

  @Bean
  @Primary
  ResourceQueries resourceQueries(SideDatabase readDatabase) {
    return new PostgresResourceQueries(readDatabase.jdbc(), readDatabase.transactions());
  }

  @Bean
  ChangeLog changeLog(JdbcClient jdbc) {
    return new PostgresChangeLog(jdbc);
  }

  @Bean
  AuditLog auditLog(JdbcClient jdbc, AuditSeal seal, AuditLog.Origins origins) {
    return new PostgresAuditLog(jdbc, new PostgresAuditOrigins(jdbc, seal), origins);
  }

  @Bean
  AuditChain auditChain(JdbcClient jdbc, SideDatabase reportDatabase) {
    return new PostgresAuditChain(jdbc, reportDatabase.jdbc());
  }

  @Bean
  @Primary
  Connections connections(JdbcClient jdbc, TransactionTemplate transactions) {
    return new PostgresConnections(jdbc, transactions);
  }

  @Bean
  TenantSchemas tenantSchemas(@Qualifier("quickDatabase") SideDatabase quick, Clock clock) {
    return new PostgresTenantSchemas(quick.jdbc(), clock);
  }

  @Bean
  InboxTasks inboxTasks(JdbcClient jdbc, TransactionTemplate transactions) {
    return new PostgresInboxTasks(jdbc, transactions);
  }

  @Bean
  IdpIdentities idpIdentities(JdbcClient jdbc) {
    return new PostgresIdpIdentities(jdbc);
  }

  @Bean
  IdpStates idpStates(JdbcClient jdbc) {
    return new PostgresIdpStates(jdbc);
  }

  @Bean
  @Primary
  Inbox inbox(JdbcClient jdbc, TransactionTemplate transactions) {
    return new PostgresInbox(jdbc, transactions);
  }

  @Bean
  @Primary
  IdpSubscriptionIds idpSubscriptionIds(JdbcClient jdbc) {
    return new PostgresIdpSubscriptionIds(jdbc);
  }

  @Bean
  @Primary
  Subscriptions subscriptions(JdbcClient jdbc) {
    return new PostgresSubscriptions(jdbc);
  }
}
