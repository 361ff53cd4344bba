package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.Change;
import io.gatehouse.command.Command;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.Outcome;
import io.gatehouse.lifecycle.Brake;
import io.gatehouse.scim.ImmutableAttributes;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.PartialPatch;
import io.gatehouse.scim.Patch;
import io.gatehouse.scim.ResourceReader;
import io.gatehouse.scim.ScimError;
import java.util.Optional;

/** The rules of SCIM commands on users. */
final class PersonFold implements Command.Cases<FoldResult> {

  private final FoldContext context;
  private final BatchPeople people;

  PersonFold(FoldContext context) {
    this.context = context;
    this.people = context.state().people();
  }

  @Override
  public FoldResult create(Command.Create command) {
    return PersonMatching.of(context, command);
  }

  @Override
  public FoldResult replace(Command.Replace command) {
    return context.over(
        found(command),
        command.ifMatch(),
        before -> rewrite(before, replaced(command, context.conforming(before.document()))));
  }

  private ObjectNode replaced(Command.Replace command, ObjectNode before) {
    ObjectNode asked =
        ImmutableAttributes.keep(context.definition(), before, command.resource().deepCopy());
    Omissions.keep(command.leeway().kept(), before, asked);
    return new ResourceReader(context.definition()).completeReplacement(before, asked);
  }

  @Override
  public FoldResult modify(Command.Modify command) {
    FoldResult result =
        context.over(
            found(command),
            command.ifMatch(),
            before ->
                rewrite(
                    before,
                    Patch.apply(
                        context.definition(),
                        context.conforming(before.document()),
                        command.operations())));
    return command.leeway().salvage()
            && result.outcome() instanceof Outcome.Refused refused
            && refused.status() != ScimError.TOO_MANY
        ? salvage(command).orElse(result)
        : result;
  }

  /**
   * Applies a deactivation without the operations that cannot be applied, and records them as left
   * out, so that an invalid operation does not keep the user active.
   */
  private Optional<FoldResult> salvage(Command.Modify command) {
    return found(command)
        .filter(Person::active)
        .map(
            before ->
                PartialPatch.of(
                    context.definition(),
                    context.conforming(before.document()),
                    command.operations(),
                    after -> acceptable(before, after)))
        .filter(PartialPatch::deactivates)
        .map(
            it ->
                new PersonFold(context.repaired(Leeway.SALVAGE, it.leftOut()))
                    .modify(command.with(it.kept())));
  }

  private boolean acceptable(Person before, ObjectNode after) {
    ImmutableAttributes.check(context.definition(), context.conforming(before.document()), after);
    return !isTaken(before, NameKey.of(after.path("userName").asText()));
  }

  private boolean isTaken(Person before, String userNameKey) {
    return !userNameKey.equals(before.userNameKey())
        && people.holder(context.caller(), userNameKey).isPresent();
  }

  private Optional<Person> found(Command command) {
    return people.visible(context.caller(), command.target());
  }

  private FoldResult rewrite(Person before, ObjectNode document) {
    if (!document.has("active")) {
      document.put("active", before.active());
    }
    if (document.equals(before.document())) {
      return context.unchanged(new Outcome.Updated(before.snapshot()));
    }
    ImmutableAttributes.check(
        context.definition(), context.conforming(before.document()), document);
    boolean active = document.path("active").asBoolean();
    LifecycleState stage =
        active == before.active() ? before.lifecycle() : context.stage(before.lifecycle(), active);
    Person after = before.next(document, stage, context.now());
    if (isTaken(before, after.userNameKey())) {
      return context.taken("userName");
    }
    Change.Type type = typeOf(before, active);
    return type == Change.Type.DEACTIVATED && !mayLeave(before)
        ? braked()
        : context.changed(new Outcome.Updated(after.snapshot()), type, before, after);
  }

  private static Change.Type typeOf(Person before, boolean active) {
    if (active == before.active()) {
      return Change.Type.UPDATED;
    }
    return active ? Change.Type.REACTIVATED : Change.Type.DEACTIVATED;
  }

  @Override
  public FoldResult delete(Command.Delete command) {
    return context.over(found(command), command.ifMatch(), this::leave);
  }

  private FoldResult leave(Person person) {
    Outcome deleted = new Outcome.Deleted(person.id());
    if (person.active()) {
      return mayLeave(person)
          ? context.changed(deleted, Change.Type.DEACTIVATED, person, gone(person))
          : braked();
    }
    LifecycleState left = person.lifecycle();
    LifecycleState inactive = left.purgeAfter() == null ? context.stage(left, false) : left;
    people.put(person.at(inactive.deleted(context.now())));
    return context.unchanged(deleted);
  }

  private Person gone(Person person) {
    ObjectNode document = context.conforming(person.document()).deepCopy().put("active", false);
    LifecycleState left = context.stage(person.lifecycle(), false).deleted(context.now());
    return person.next(document, left, context.now());
  }

  private boolean mayLeave(Person person) {
    Brake brake = context.state().rules().brakes().get(person.connection());
    return brake == null || brake.admits(person.id(), context.now());
  }

  private FoldResult braked() {
    return context.refused(
        ScimError.tooMany(
            "Too many users of this connection leave at once. An administrator must allow it."));
  }

  @Override
  public FoldResult conform(Command.Conform command) {
    Optional<Person> found = people.ofTenant(context.caller(), command.target());
    if (found.isEmpty()) {
      return context.notFound();
    }
    Person before = found.get();
    ObjectNode document = context.conforming(before.document());
    if (document.equals(before.document())) {
      return context.unchanged(new Outcome.Updated(before.snapshot()));
    }
    Person after = before.next(document, before.lifecycle(), context.now());
    return context.changed(
        new Outcome.Updated(after.snapshot()), Change.Type.UPDATED, before, after);
  }

  @Override
  public FoldResult govern(Command.Lifecycle command) {
    return new LifecycleFold(context).apply(command);
  }
}
