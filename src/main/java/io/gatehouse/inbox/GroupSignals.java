package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.Leeway;
import io.gatehouse.directory.Group;
import io.gatehouse.inbox.IdpApi.RemoteGroup;
import io.gatehouse.inbox.InboxTasks.Task;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.PatchOperation.Kind;
import io.gatehouse.scim.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns signals about a group into commands. Changes only groups that the connection has
 * provisioned, and of their members only users whose id at the IdP is known.
 */
final class GroupSignals {

  private static final String MEMBERS = "members";

  private final IdpIdentities known;

  GroupSignals(IdpIdentities known) {
    this.known = known;
  }

  List<PlannedCommand> deleted(Task task) {
    return known
        .group(task.caller(), task.signal().groupId())
        .map(it -> order(new Command.Delete(ResourceType.GROUP, it.id(), null)))
        .orElse(List.of());
  }

  /**
   * Fetches the group from the API, so that the order of signals does not matter. Without an API,
   * there are no commands.
   */
  List<PlannedCommand> changed(Task task, @Nullable IdpApi api) {
    if (api == null) {
      return List.of();
    }
    Optional<RemoteGroup> remote = api.group(task.signal().groupId());
    if (remote.isEmpty()) {
      return deleted(task);
    }
    RemoteGroup group = remote.get();
    return known
        .group(task.caller(), group.id())
        .or(() -> known.adopt(task.caller(), group.id(), group.displayName()))
        .map(it -> rewritten(task, it, group))
        .orElse(List.of());
  }

  private List<PlannedCommand> rewritten(Task task, Group group, RemoteGroup remote) {
    Map<String, UUID> members = known.members(task.caller(), group.id());
    Map<String, UUID> wanted = known.people(task.caller(), remote.members());
    List<PatchOperation> operations = new ArrayList<>();
    if (!group.displayName().equals(remote.displayName())) {
      operations.add(
          new PatchOperation(Kind.REPLACE, "displayName", TextNode.valueOf(remote.displayName())));
    }
    move(operations, Kind.ADD, missing(wanted, members.values()));
    move(operations, Kind.REMOVE, missing(members, wanted.values()));
    return modify(group, operations);
  }

  private static Set<UUID> missing(Map<String, UUID> some, Collection<UUID> from) {
    return some.values().stream().filter(it -> !from.contains(it)).collect(Collectors.toSet());
  }

  /**
   * Adds or removes the one member of the signal. Used when the group cannot be fetched from the
   * API.
   */
  List<PlannedCommand> member(Task task, Kind kind) {
    Optional<Group> group = known.group(task.caller(), task.signal().groupId());
    String user = task.signal().about().id();
    UUID member = known.people(task.caller(), List.of(user)).get(user);
    if (group.isEmpty() || member == null) {
      return List.of();
    }
    List<PatchOperation> operations = new ArrayList<>();
    move(operations, kind, Set.of(member));
    return modify(group.get(), operations);
  }

  private static void move(List<PatchOperation> operations, Kind kind, Set<UUID> members) {
    if (!members.isEmpty()) {
      ArrayNode values = Json.array();
      members.forEach(it -> values.addObject().put("value", it.toString()));
      operations.add(new PatchOperation(kind, MEMBERS, values));
    }
  }

  private static List<PlannedCommand> modify(Group group, List<PatchOperation> operations) {
    return operations.isEmpty()
        ? List.of()
        : order(
            new Command.Modify(
                ResourceType.GROUP, group.id(), operations, Leeway.NONE, group.snapshot().etag()));
  }

  private static List<PlannedCommand> order(Command command) {
    return List.of(new PlannedCommand(command, null));
  }
}
