package io.gatehouse.wiring;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.lifecycle.ConnectionCleanup;
import io.gatehouse.lifecycle.CronSchedule;
import io.gatehouse.lifecycle.Enrolment;
import io.gatehouse.lifecycle.EnrolmentJobs;
import io.gatehouse.lifecycle.EnrolmentSchedules;
import io.gatehouse.lifecycle.PersonRefs;
import io.gatehouse.lifecycle.Purge;
import io.gatehouse.lifecycle.RemovedConnections;
import io.gatehouse.lifecycle.Restoration;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.tenant.TenantSchemas;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the lifecycle of users: enrolment, removed connections, deadlines. The bean names are the
 * ones that the routes use.
 */
@Configuration(proxyBeanMethods = false)
class LifecycleWiring {

  @Bean
  Purge purge(UnitOfWork unit, PersonRefs wards, CommandGateway commandGateway) {
    return new Purge(unit, wards, commandGateway);
  }

  @Bean
  ConnectionCleanup connectionCleanup(
      UnitOfWork unit, RemovedConnections removedConnections, CommandGateway commandGateway) {
    return new ConnectionCleanup(unit, removedConnections, commandGateway);
  }

  @Bean
  Restoration restoration(CommandGateway commandGateway, AuditLog.Origins origins) {
    return new Restoration(commandGateway, origins);
  }

  @Bean
  Enrolment.Schedules schedules(EnrolmentSchedules schedules, CronSchedule cronSchedule) {
    return new Enrolment.Schedules(schedules, cronSchedule);
  }

  @Bean
  Enrolment.People enrolmentPeople(PersonRefs wards, TenantSchemas tenantSchemas) {
    return new Enrolment.People(
        wards,
        (tenant, filter) ->
            FilterCondition.parse(tenantSchemas.of(tenant).definition(ResourceType.USER), filter));
  }

  @Bean
  Enrolment enrolment(
      UnitOfWork unit,
      Enrolment.Schedules schedules,
      EnrolmentJobs jobs,
      Enrolment.People people,
      CommandGateway commandGateway) {
    return new Enrolment(unit, schedules, jobs, people, commandGateway);
  }
}
