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
import io.gatehouse.directory.GroupRoster;
import io.gatehouse.directory.Lifecycle;
import io.gatehouse.directory.Outcomes;
import io.gatehouse.directory.Person;
import io.gatehouse.directory.Provenance;
import io.gatehouse.directory.Resources;
import io.gatehouse.directory.Roster;
import io.gatehouse.directory.State;
import io.gatehouse.directory.UnitOfWork;
import io.gatehouse.scim.Catalogue;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a server without a queue would do: the same rows in the same tables, straight by JDBC, in
 * one transaction for each request, in the thread of the request. No checks, no locks, no reads.
 */
@RestController
class Yardstick {

  private final UnitOfWork unit;
  private final Outcomes outcomes;
  private final Resources resources;
  private final ChangeLog changes;
  private final AuditLog audit;
  private Caller caller;

  Yardstick(
      UnitOfWork unit, Outcomes outcomes, Resources resources, ChangeLog changes, AuditLog audit) {
    this.unit = unit;
    this.outcomes = outcomes;
    this.resources = resources;
    this.changes = changes;
    this.audit = audit;
  }

  void caller(Caller caller) {
    this.caller = caller;
  }

  @PostMapping("/admin/yardstick")
  @ResponseStatus(HttpStatus.CREATED)
  String create(@RequestBody byte[] body) {
    return Json.text(insert(Json.object(body)));
  }

  ObjectNode insert(ObjectNode user) {
    Instant now = Instant.now();
    UUID id = CommandId.uuid7(now);
    ObjectNode document =
        new ResourceReader(Catalogue.STANDARD.definition(ResourceType.USER))
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
            Lifecycle.NEW,
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
          outcomes.claim(List.of(envelope));
          Roster roster = new Roster(List.of());
          roster.put(person);
          resources.save(State.of(roster, GroupRoster.empty()));
          outcomes.record(Map.of(envelope.id(), outcome));
          changes.append(List.of(change));
          audit.append(List.of(new AuditEntry(envelope, outcome, Optional.of(change))));
          return document;
        });
  }
}
