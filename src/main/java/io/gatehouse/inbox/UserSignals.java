package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.Leeway;
import io.gatehouse.directory.Person;
import io.gatehouse.directory.Provenance;
import io.gatehouse.inbox.IdpApi.RemoteUser;
import io.gatehouse.inbox.InboxTasks.Task;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.tenant.ConnectionSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns signals about a user into commands. A deactivation or deletion is applied without a call to
 * the IdP, unless a change at the same time or later is known. For other signals the user is
 * fetched, unless the signal carries the resource. The connection takes control only of users in
 * its scope.
 */
final class UserSignals {

  private static final List<PatchOperation> LEAVES = List.of(active(false));

  private final IdpIdentities known;
  private final UserCreation userCreation;

  UserSignals(IdpIdentities known, UserCreation userCreation) {
    this.known = known;
    this.userCreation = userCreation;
  }

  List<PlannedCommand> deactivated(Task task, @Nullable IdpApi api) {
    return gone(
        task, api, it -> new Command.Modify(ResourceType.USER, it, LEAVES, Leeway.NONE, null));
  }

  List<PlannedCommand> deleted(Task task, @Nullable IdpApi api) {
    return gone(task, api, it -> new Command.Delete(ResourceType.USER, it, null));
  }

  private List<PlannedCommand> gone(
      Task task, @Nullable IdpApi api, Function<UUID, Command> leave) {
    Optional<Person> person = find(task, task.signal().about().login());
    if (person.filter(it -> !it.lifecycle().hidden()).isEmpty()) {
      return List.of();
    }
    Provenance known = person.get().provenance();
    Instant then = task.signal().source().occurredAt();
    if (api != null && known.isAtOrAfter(then)) {
      return changed(task, api);
    }
    return known.isAfter(then)
        ? List.of()
        : List.of(new PlannedCommand(leave.apply(person.get().id()), then));
  }

  private Optional<Person> find(Task task, @Nullable String login) {
    return known.person(task.caller(), task.signal().about().id(), login);
  }

  List<PlannedCommand> changed(Task task, @Nullable IdpApi api) {
    Signal signal = task.signal();
    if (signal.resource() != null) {
      return told(task, signal.resource());
    }
    if (api == null) {
      return List.of();
    }
    Optional<RemoteUser> user = api.user(signal.about().id());
    return user.isPresent() ? arrived(task, user.get()) : absent(task);
  }

  /** Applies the resource of the signal, which has the state at the time of the event. */
  private List<PlannedCommand> told(Task task, ObjectNode resource) {
    Signal signal = task.signal();
    Instant then = signal.source().occurredAt();
    return find(task, resource.path("userName").asText())
            .filter(it -> it.provenance().isAfter(then))
            .isPresent()
        ? List.of()
        : arrived(task, new RemoteUser(signal.about().id(), resource, true, then));
  }

  /** Deletes a user that the IdP does not know, regardless of the time of the event. */
  private List<PlannedCommand> absent(Task task) {
    return find(task, null).filter(it -> !it.lifecycle().hidden()).stream()
        .map(it -> new PlannedCommand(new Command.Delete(ResourceType.USER, it.id(), null), null))
        .toList();
  }

  private List<PlannedCommand> arrived(Task task, RemoteUser user) {
    Optional<Person> person = find(task, user.resource().path("userName").asText());
    boolean active = user.resource().path("active").asBoolean(true) && !isReleased(task, user);
    boolean returns = active && mayReturn(task, user);
    ObjectNode profile = user.resource().deepCopy().put("active", active);
    if (person.filter(it -> !it.lifecycle().hidden()).isPresent()) {
      return merged(person.get(), returns || !active ? profile : profile.without("active"), user);
    }
    return returns && (user.assigned() || person.isPresent())
        ? List.of(
            new PlannedCommand(
                userCreation.create(task.connection(), person, profile), user.modifiedAt()))
        : List.of();
  }

  /** Whether the user, active at the IdP or not, has lost the application or group. */
  private static boolean isReleased(Task task, RemoteUser user) {
    Signal.Kind kind = task.signal().kind();
    return !user.assigned()
        && (kind == Signal.Kind.USER_UNASSIGNED || kind == Signal.Kind.MEMBER_REMOVED);
  }

  /**
   * Whether the user may become active here: an active user at the IdP may no longer be assigned.
   * Where the settings name no application or group, an activation is required.
   */
  private static boolean mayReturn(Task task, RemoteUser user) {
    return user.assigned()
        || (!isScoped(task) && task.signal().kind() == Signal.Kind.USER_ACTIVATED);
  }

  private static boolean isScoped(Task task) {
    ObjectNode settings = task.connection().settings();
    return settings.path(ConnectionSettings.API).has("application")
        || settings.path(ConnectionSettings.API).has("group");
  }

  private static List<PlannedCommand> merged(Person person, ObjectNode profile, RemoteUser user) {
    List<PatchOperation> operations = ProfileMerge.of(person.document(), profile);
    return operations.isEmpty()
        ? confirmed(person, user)
        : List.of(order(person, operations, user));
  }

  /**
   * Without a difference, the newer time is still stored, because older events may arrive later.
   */
  private static List<PlannedCommand> confirmed(Person person, RemoteUser user) {
    Instant known = person.provenance().time();
    Instant modified = user.modifiedAt();
    return modified == null || (known != null && !modified.isAfter(known))
        ? List.of()
        : List.of(order(person, List.of(active(person.active())), user));
  }

  private static PlannedCommand order(
      Person person, List<PatchOperation> operations, RemoteUser user) {
    return new PlannedCommand(
        new Command.Modify(
            ResourceType.USER, person.id(), operations, Leeway.NONE, person.snapshot().etag()),
        user.modifiedAt());
  }

  private static PatchOperation active(boolean active) {
    return new PatchOperation(PatchOperation.Kind.REPLACE, "active", BooleanNode.valueOf(active));
  }
}
