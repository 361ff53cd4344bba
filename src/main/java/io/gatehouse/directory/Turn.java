package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeData;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.scim.Conformity;
import io.gatehouse.scim.Definition;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.Refusal;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.RetiredPaths;
import io.gatehouse.scim.Schema;
import io.gatehouse.scim.ScimException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One command, and the state that it finds. */
record Turn(State state, Envelope envelope, Instant now) {

  private static final Set<Change.Type> COMING_AND_GOING =
      EnumSet.of(
          Change.Type.CREATED,
          Change.Type.LINKED,
          Change.Type.DEACTIVATED,
          Change.Type.REACTIVATED);

  Caller caller() {
    return envelope.caller();
  }

  /** The edge has refused what nobody has defined, unless the profile keeps it. */
  Definition definition() {
    return state.rules().of(caller()).catalogue().opened().definition(envelope.command().type());
  }

  /**
   * The same, without values of schemas that were deleted or narrowed since the edge read the
   * command.
   */
  Turn conforming() {
    if (envelope.command() instanceof Command.Modify modify) {
      return conforming(modify);
    }
    ObjectNode resource = resource(envelope.command());
    if (resource == null || !hasExtension(resource)) {
      return this;
    }
    Conformity conformity = Conformity.ofStored(definition(), resource);
    return conformity.isWhole()
        ? this
        : new Turn(
            state,
            envelope
                .with(with(envelope.command(), conformity.document()))
                .repaired(Conformity.QUIRK, conformity.dropped()),
            now);
  }

  private Turn conforming(Command.Modify command) {
    Definition definition = definition();
    if (definition.retired().isEmpty()) {
      return this;
    }
    Set<String> gone = new TreeSet<>();
    List<PatchOperation> left =
        command.operations().stream()
            .flatMap(it -> RetiredPaths.leaveOut(definition, it.json(), gone).stream())
            .map(PatchOperation::read)
            .toList();
    return gone.isEmpty()
        ? this
        : new Turn(
            state,
            envelope
                .with(
                    new Command.Modify(
                        command.type(),
                        command.target(),
                        left,
                        command.leeway(),
                        command.ifMatch()))
                .repaired(Conformity.QUIRK, List.copyOf(gone)),
            now);
  }

  /** What the schemas still define of a stored document: the same object, if that is all of it. */
  ObjectNode conforming(ObjectNode document) {
    return state.rules().of(caller()).catalogue().shown(envelope.command().type(), document);
  }

  /** Whether it brings values that a tenant may have defined, so that its rules must be known. */
  static boolean hasExtension(Command.Create command) {
    return hasExtension(command.resource());
  }

  private static boolean hasExtension(ObjectNode resource) {
    return resource.properties().stream()
        .map(Map.Entry::getKey)
        .anyMatch(it -> it.startsWith("urn:") && !it.equals(Schema.ENTERPRISE_USER));
  }

  private static @Nullable ObjectNode resource(Command command) {
    if (command instanceof Command.Create create) {
      return create.resource();
    }
    return command instanceof Command.Replace replace ? replace.resource() : null;
  }

  private static Command with(Command command, ObjectNode resource) {
    if (command instanceof Command.Create it) {
      return new Command.Create(it.type(), it.target(), resource, it.leeway());
    }
    Command.Replace it = (Command.Replace) command;
    return new Command.Replace(it.type(), it.target(), resource, it.leeway(), it.ifMatch());
  }

  /** The same, with a record of what was repaired only here. */
  Turn repaired(String quirk, List<String> paths) {
    return new Turn(state, envelope.repaired(quirk, paths), now);
  }

  /** Something that has versions. */
  interface Versioned {
    long version();
  }

  /** Writes over what was found, if it is there and has the version that is expected. */
  <T extends Versioned> Step over(
      Optional<T> found, @Nullable String ifMatch, Function<T, Step> write) {
    if (found.isEmpty()) {
      return notFound();
    }
    return Preconditions.met(ifMatch, found.get().version())
        ? attempt(() -> write.apply(found.get()))
        : stale();
  }

  /** Runs what may be refused by a rule of SCIM. */
  Step attempt(Supplier<Step> work) {
    try {
      return work.get();
    } catch (ScimException e) {
      return refused(e.refusal());
    }
  }

  Step unchanged(Outcome outcome) {
    return new Step(envelope, outcome, Optional.empty());
  }

  Step changed(Outcome outcome, Change.Type type, Snapshot after, ObjectNode data) {
    Change change = new Change(CommandId.uuid7(now), type, envelope, after, data);
    return new Step(envelope, outcome, Optional.of(change));
  }

  /** Somebody has changed, or is new when there is nobody before. */
  Step changed(Outcome outcome, Change.Type type, @Nullable Person before, Person after) {
    state.people().put(dated(type, after));
    ObjectNode data =
        ChangeData.of(envelope, before == null ? null : before.snapshot(), after.snapshot());
    after.addLifecycle(data);
    return changed(outcome, type, after.snapshot(), data);
  }

  /** By SCIM, an IdP says who is here as of now. */
  private Person dated(Change.Type type, Person after) {
    return caller().isConnection() && !envelope.isUnattended() && COMING_AND_GOING.contains(type)
        ? after.known(after.provenance().after(envelope.trace().acceptedAt()))
        : after;
  }

  /** Where somebody stands who is to be active, or not. */
  Lifecycle stage(Lifecycle before, boolean active) {
    return active
        ? before.present()
        : before.deactivated(now, state.rules().of(caller()).retention());
  }

  Step refused(Refusal refusal) {
    return unchanged(new Outcome.Refused(refusal));
  }

  Step taken(String attribute) {
    return refused(Refusal.uniqueness("Another " + noun() + " has this " + attribute + "."));
  }

  Step notFound() {
    return refused(
        Refusal.notFound("There is no " + noun() + " " + envelope.command().target() + "."));
  }

  private Step stale() {
    return refused(
        Refusal.preconditionFailed(
            "The " + noun() + " has changed since the version in If-Match."));
  }

  private String noun() {
    return envelope.command().type() == ResourceType.USER ? "user" : "group";
  }
}
