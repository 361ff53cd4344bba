package io.gatehouse.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditEntry;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeData;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.directory.BatchGroups;
import io.gatehouse.directory.BatchPeople;
import io.gatehouse.directory.BatchState;
import io.gatehouse.directory.FoldResult;
import io.gatehouse.directory.LifecycleState;
import io.gatehouse.directory.OutcomeStore;
import io.gatehouse.directory.Person;
import io.gatehouse.directory.Provenance;
import io.gatehouse.directory.ResourceStore;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schemas;
import io.gatehouse.store.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * What a server without a queue would do: the same rows in the same tables, straight by JDBC, in
 * one transaction for each request, in the thread of the request. No checks, no locks, no reads.
 */
@Component
@ConditionalOnProperty("yardstick")
record Yardstick(
    UnitOfWork unit,
    OutcomeStore outcomeStore,
    ResourceStore resourceStore,
    ChangeLog changes,
    AuditLog audit) {

  ObjectNode insert(Caller caller, ObjectNode user) {
    Instant now = Instant.now();
    UUID id = CommandId.uuid7(now);
    ObjectNode document =
        new ResourceReader(Schemas.STANDARD.definition(ResourceType.USER))
            .read(user)
            .put("active", true);
    Person person =
        new Person(
            caller.tenant(),
            id,
            caller.connection(),
            1,
            now,
            now,
            LifecycleState.NEW,
            Provenance.UNKNOWN,
            document);
    Envelope envelope =
        new Envelope(
            CommandId.next(now),
            caller,
            new Command.Create(ResourceType.USER, id, document),
            new Envelope.Trace("yardstick", now, "", List.of()));
    Outcome outcome = new Outcome.Created(person.snapshot());
    Change change =
        new Change(
            CommandId.uuid7(now),
            Change.Type.CREATED,
            envelope,
            person.snapshot(),
            ChangeData.of(envelope, null, person.snapshot()));
    return unit.inTransaction(
        () -> {
          outcomeStore.unclaimed(List.of(envelope));
          BatchPeople people = new BatchPeople(List.of());
          people.put(person);
          resourceStore.save(BatchState.of(people, BatchGroups.empty()));
          outcomeStore.add(List.of(new FoldResult(envelope, outcome, Optional.of(change))));
          changes.append(List.of(change));
          audit.append(List.of(new AuditEntry(envelope, outcome, Optional.of(change))));
          return document;
        });
  }
}
