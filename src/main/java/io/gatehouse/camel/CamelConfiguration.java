package io.gatehouse.camel;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.Instance;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.FairShares;
import io.gatehouse.command.Orders;
import io.gatehouse.command.Waiting;
import io.gatehouse.directory.CommandAttempts;
import io.gatehouse.directory.Directory;
import io.gatehouse.directory.Erasure;
import io.gatehouse.directory.Import;
import io.gatehouse.directory.Listing;
import io.gatehouse.directory.Outcomes;
import io.gatehouse.directory.Parking;
import io.gatehouse.directory.Replay;
import io.gatehouse.directory.Resources;
import io.gatehouse.directory.UnitOfWork;
import io.gatehouse.edge.Bulk;
import io.gatehouse.edge.Catalogues;
import io.gatehouse.edge.Connections;
import io.gatehouse.edge.Discovery;
import io.gatehouse.edge.IdpProfiles;
import io.gatehouse.edge.PublicUrl;
import io.gatehouse.edge.Reads;
import io.gatehouse.edge.WriteAnswers;
import io.gatehouse.edge.Writes;
import io.gatehouse.inbox.Acquaintances;
import io.gatehouse.inbox.ApiStates;
import io.gatehouse.inbox.Clerk;
import io.gatehouse.inbox.IdpApis;
import io.gatehouse.inbox.Inbox;
import io.gatehouse.inbox.Newcomers;
import io.gatehouse.inbox.Polls;
import io.gatehouse.inbox.Worklist;
import io.gatehouse.lifecycle.Departures;
import io.gatehouse.lifecycle.Enrolment;
import io.gatehouse.lifecycle.EnrolmentJobs;
import io.gatehouse.lifecycle.EnrolmentSchedules;
import io.gatehouse.lifecycle.Farewell;
import io.gatehouse.lifecycle.Purge;
import io.gatehouse.lifecycle.SchemaCleanup;
import io.gatehouse.lifecycle.SchemaCleanups;
import io.gatehouse.lifecycle.Timetable;
import io.gatehouse.lifecycle.Wards;
import io.gatehouse.scim.Condition;
import io.gatehouse.scim.ResourceType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.component.servlet.ServletComponent;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the stages to each other; the bean names are the ones that the routes use. */
@Configuration(proxyBeanMethods = false)
class CamelConfiguration {

  private static final int SEND_ATTEMPTS = 3;

  /**
   * How many calls wait for a place, of reads and of writes each. With those that have one, they
   * leave some of the threads of HTTP to others.
   */
  private static final int MAX_QUEUED = 32;

  private static final Duration READ_PATIENCE = Duration.ofSeconds(2);
  private static final Duration WRITE_PATIENCE = Duration.ofSeconds(1);

  /** Camel finds servlets by name in a registry of the whole JVM, so each gateway names its own. */
  @Bean
  ServletRegistrationBean<CamelHttpTransportServlet> scimServlet(Instance instance) {
    var registration = new ServletRegistrationBean<>(new CamelHttpTransportServlet(), "/scim/*");
    registration.setName(instance.id());
    return registration;
  }

  @Bean
  FilterRegistrationBean<ClosedEdge> closedEdge(
      @Qualifier("scimServlet") ServletRegistrationBean<CamelHttpTransportServlet> scim) {
    return new FilterRegistrationBean<>(
        new ClosedEdge(Objects.requireNonNull(scim.getServlet())), scim);
  }

  @Bean
  PublicUrl publicUrl(GatehouseProperties settings) {
    return new PublicUrl(settings.publicUrl());
  }

  @Bean
  ServletComponent servlet(Instance instance) {
    ServletComponent component = new ServletComponent();
    component.setServletName(instance.id());
    return component;
  }

  @Bean
  JmsComponent jms(ConnectionFactory connections) {
    return JmsComponent.jmsComponentAutoAcknowledge(connections);
  }

  @Bean("command-queue")
  QueueComponent<Envelope> commandQueue(ConnectionFactory connections) {
    Outage none = new Outage(Duration.ZERO);
    return new QueueComponent<>(
        new CommandFormat(),
        new QueueAccess(
            connections,
            connections,
            new QueueAccess.Doubt(
                SEND_ATTEMPTS, Duration.ofDays(1), none, new Semaphore(Integer.MAX_VALUE))));
  }

  @Bean
  Writes writes(Clock clock, Instance instance) {
    return new Writes(clock, instance.id());
  }

  @Bean
  Reads reads(Listing listing, Clock clock) {
    return new Reads(listing, clock);
  }

  @Bean
  WriteAnswers writeAnswers(@Qualifier("answerListing") Listing listing) {
    return new WriteAnswers(listing);
  }

  @Bean
  Discovery discovery() {
    return new Discovery();
  }

  @Bean
  Bulk bulk(CamelContext camel, Clock clock) {
    return new Bulk(new Operations(camel)::submit, clock);
  }

  @Bean
  Waiting waiting(GatehouseProperties settings) {
    FairShares shares =
        new FairShares(
            new FairShares.Size(settings.command().maxWaiting(), MAX_QUEUED, WRITE_PATIENCE),
            System::nanoTime);
    return new Waiting(shares, settings.command().timeout());
  }

  @Bean
  FairShares readShares(GatehouseProperties settings) {
    return new FairShares(
        new FairShares.Size(settings.reads().maxRunning(), MAX_QUEUED, READ_PATIENCE),
        System::nanoTime);
  }

  @Bean
  MeterBinder waitingGauge(Waiting waiting) {
    return registry ->
        Gauge.builder("gatehouse.command.waiting", waiting, Waiting::count)
            .description("requests that wait for the outcome of their command")
            .register(registry);
  }

  @Bean
  Directory.Stores stores(
      Outcomes outcomes,
      Resources resources,
      ChangeLog changes,
      AuditLog audit,
      Erasure erasure,
      Parking parking) {
    return new Directory.Stores(outcomes, resources, changes, audit, erasure, parking);
  }

  @Bean
  Replay replay(Parking parking, Orders orders) {
    return new Replay(parking, orders);
  }

  @Bean
  Directory directory(
      UnitOfWork unit, Directory.Stores stores, CommandAttempts attempts, Clock clock) {
    return new Directory(unit, stores, attempts, clock.instant());
  }

  @Bean
  Import peopleImport(UnitOfWork unit, Directory.Stores stores) {
    return new Import(unit, stores);
  }

  @Bean
  Purge purge(UnitOfWork unit, Wards wards, Orders orders) {
    return new Purge(unit, wards, orders);
  }

  @Bean
  Farewell farewell(UnitOfWork unit, Departures departures, Orders orders) {
    return new Farewell(unit, departures, orders);
  }

  @Bean
  Enrolment.Schedules schedules(EnrolmentSchedules schedules, Timetable timetable) {
    return new Enrolment.Schedules(schedules, timetable);
  }

  @Bean
  Enrolment.People enrolmentPeople(Wards wards, Catalogues catalogues) {
    return new Enrolment.People(
        wards,
        (tenant, filter) ->
            Condition.parse(catalogues.of(tenant).definition(ResourceType.USER), filter));
  }

  @Bean
  Enrolment enrolment(
      Enrolment.Schedules schedules, EnrolmentJobs jobs, Enrolment.People people, Orders orders) {
    return new Enrolment(schedules, jobs, people, orders);
  }

  @Bean
  SchemaCleanup schemaCleanup(SchemaCleanups jobs, Orders orders, Clock clock) {
    return new SchemaCleanup(jobs, orders, clock);
  }

  @Bean
  Clerk clerk(Worklist worklist, Orders orders, Clerk.Views views) {
    return new Clerk(worklist, orders, views);
  }

  @Bean
  Newcomers newcomers(Catalogues catalogues, IdpProfiles profiles, Clock clock) {
    return new Newcomers(catalogues, profiles, clock);
  }

  @Bean
  Clerk.Views views(IdpApis apis, Acquaintances known, Newcomers newcomers) {
    return new Clerk.Views(apis, known, newcomers);
  }

  @Bean
  Polls polls(Connections connections, IdpApis apis, Inbox inbox, ApiStates states) {
    return new Polls(connections, apis, inbox, states);
  }
}
