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
import io.gatehouse.scim.ConformingValues;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.RetiredPaths;
import io.gatehouse.scim.Schema;
import io.gatehouse.scim.ScimError;
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

/** One command, and the state before it. */
record FoldContext(BatchState state, Envelope envelope, Instant now) {

  private static final Set<Change.Type> COMING_AND_GOING =
      EnumSet.of(
          Change.Type.CREATED,
          Change.Type.LINKED,
          Change.Type.DEACTIVATED,
          Change.Type.REACTIVATED);

  Caller caller() {
    return envelope.caller();
  }

  /**
   * The definition without a check for unknown attributes: the edge has refused them, unless the
   * profile keeps them.
   */
  ResourceDefinition definition() {
    return state.rules().of(caller()).catalogue().opened().definition(envelope.command().type());
  }

  /**
   * This context without values of schemas that were deleted or narrowed after the edge read the
   * command.
   */
  FoldContext conforming() {
    if (envelope.command() instanceof Command.Modify modify) {
      return conforming(modify);
    }
    ObjectNode resource = resource(envelope.command());
    if (resource == null || !hasExtension(resource)) {
      return this;
    }
    ConformingValues conformingValues = ConformingValues.ofStored(definition(), resource);
    return conformingValues.isWhole()
        ? this
        : new FoldContext(
            state,
            envelope
                .with(with(envelope.command(), conformingValues.document()))
                .repaired(ConformingValues.QUIRK, conformingValues.dropped()),
            now);
  }

  private FoldContext conforming(Command.Modify command) {
    ResourceDefinition definition = definition();
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
        : new FoldContext(
            state,
            envelope
                .with(
                    new Command.Modify(
                        command.type(),
                        command.target(),
                        left,
                        command.leeway(),
                        command.ifMatch()))
                .repaired(ConformingValues.QUIRK, List.copyOf(gone)),
            now);
  }

  /**
   * The values of a stored document that the schemas still define; the same object if that is all
   * of it.
   */
  ObjectNode conforming(ObjectNode document) {
    return state.rules().of(caller()).catalogue().shown(envelope.command().type(), document);
  }

  /**
   * Whether a create has values of an extension, so that the rules of the tenant must be loaded.
   */
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

  /** This context, with a record of a repair that was made only here. */
  FoldContext repaired(String quirk, List<String> paths) {
    return new FoldContext(state, envelope.repaired(quirk, paths), now);
  }

  /** A resource with versions. */
  interface Versioned {
    long version();
  }

  /**
   * Changes the found resource; refuses with 404 when there is none, and with 412 when it does not
   * have the expected version.
   */
  <T extends Versioned> FoldResult over(
      Optional<T> found, @Nullable String ifMatch, Function<T, FoldResult> write) {
    if (found.isEmpty()) {
      return notFound();
    }
    return Preconditions.met(ifMatch, found.get().version())
        ? attempt(() -> write.apply(found.get()))
        : stale();
  }

  /** Runs work, and turns a {@link ScimException} into a refusal. */
  FoldResult attempt(Supplier<FoldResult> work) {
    try {
      return work.get();
    } catch (ScimException e) {
      return refused(e.refusal());
    }
  }

  FoldResult unchanged(Outcome outcome) {
    return new FoldResult(envelope, outcome, Optional.empty());
  }

  FoldResult changed(Outcome outcome, Change.Type type, Snapshot after, ObjectNode data) {
    Change change = new Change(CommandId.uuid7(now), type, envelope, after, data);
    return new FoldResult(envelope, outcome, Optional.of(change));
  }

  /** The result of a changed user, or of a new one when {@code before} is null. */
  FoldResult changed(Outcome outcome, Change.Type type, @Nullable Person before, Person after) {
    state.people().put(dated(type, after));
    ObjectNode data =
        ChangeData.of(envelope, before == null ? null : before.snapshot(), after.snapshot());
    after.addLifecycle(data);
    return changed(outcome, type, after.snapshot(), data);
  }

  /**
   * Dates the user's arrival or departure by the time of the SCIM call, which reports the present
   * state at the IdP.
   */
  private Person dated(Change.Type type, Person after) {
    return caller().isConnection() && !envelope.isUnattended() && COMING_AND_GOING.contains(type)
        ? after.known(after.provenance().after(envelope.trace().acceptedAt()))
        : after;
  }

  /** The next lifecycle state of a user who becomes active or inactive. */
  LifecycleState stage(LifecycleState before, boolean active) {
    return active
        ? before.present()
        : before.deactivated(now, state.rules().of(caller()).retention());
  }

  FoldResult refused(ScimError error) {
    return unchanged(new Outcome.Refused(error));
  }

  FoldResult taken(String attribute) {
    return refused(ScimError.uniqueness("Another " + noun() + " has this " + attribute + "."));
  }

  FoldResult notFound() {
    return refused(
        ScimError.notFound("There is no " + noun() + " " + envelope.command().target() + "."));
  }

  private FoldResult stale() {
    return refused(
        ScimError.preconditionFailed(
            "The " + noun() + " has changed since the version in If-Match."));
  }

  private String noun() {
    return envelope.command().type() == ResourceType.USER ? "user" : "group";
  }
}
