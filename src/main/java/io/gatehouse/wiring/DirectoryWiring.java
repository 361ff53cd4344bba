package io.gatehouse.wiring;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.directory.CommandAttempts;
import io.gatehouse.directory.Directory;
import io.gatehouse.directory.Erasure;
import io.gatehouse.directory.OutcomeStore;
import io.gatehouse.directory.ParkedReplay;
import io.gatehouse.directory.Parking;
import io.gatehouse.directory.Rehearsal;
import io.gatehouse.directory.ResourceStore;
import io.gatehouse.directory.UserImport;
import io.gatehouse.store.UnitOfWork;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the application of commands to the directory. The bean names are the ones that the routes
 * use.
 */
@Configuration(proxyBeanMethods = false)
class DirectoryWiring {

  @Bean
  Directory.Stores stores(
      OutcomeStore outcomeStore,
      ResourceStore resourceStore,
      ChangeLog changes,
      AuditLog audit,
      Erasure erasure,
      Parking parking) {
    return new Directory.Stores(outcomeStore, resourceStore, changes, audit, erasure, parking);
  }

  @Bean
  ParkedReplay parkedReplay(Parking parking, CommandGateway commandGateway) {
    return new ParkedReplay(parking, commandGateway);
  }

  @Bean
  Directory directory(
      UnitOfWork unit, Directory.Stores stores, CommandAttempts attempts, Clock clock) {
    return new Directory(unit, stores, attempts, clock.instant());
  }

  @Bean
  UserImport peopleImport(UnitOfWork unit, Directory.Stores stores) {
    return new UserImport(unit, stores);
  }

  @Bean
  Rehearsal rehearsal(UnitOfWork unit, Directory.Stores stores) {
    return new Rehearsal(unit, stores);
  }
}
