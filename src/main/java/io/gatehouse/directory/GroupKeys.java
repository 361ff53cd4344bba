package io.gatehouse.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.directory.BatchKeys.ConnectionId;
import io.gatehouse.directory.BatchKeys.ConnectionKey;
import io.gatehouse.directory.BatchKeys.Id;
import io.gatehouse.directory.BatchKeys.Pair;
import io.gatehouse.scim.GroupMember;
import io.gatehouse.scim.GroupPatch;
import io.gatehouse.scim.MemberChange;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceId;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schemas;
import io.gatehouse.scim.ScimException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Collects the keys of one command on a group. */
record GroupKeys(BatchKeys selection, Caller caller) implements Command.Cases<BatchKeys> {

  /**
   * Any definition serves, because members are in all of them, independent of a tenant's
   * extensions.
   */
  private static final ResourceDefinition ANY =
      Schemas.STANDARD.opened().definition(ResourceType.GROUP);

  @Override
  public BatchKeys create(Command.Create command) {
    name(command.resource().path("displayName"));
    members(command.resource()).ifPresent(this::candidates);
    if (FoldContext.hasExtension(command)) {
      return rewrite(command);
    }
    selection.groups().ids().add(new Id(caller.tenant(), command.target()));
    return selection;
  }

  @Override
  public BatchKeys replace(Command.Replace command) {
    name(command.resource().path("displayName"));
    if (command.resource().has("members")) {
      members(command.resource())
          .map(MemberChange.Assign::new)
          .ifPresent(new MemberKeys(command.target())::assign);
    }
    return rewrite(command);
  }

  @Override
  public BatchKeys modify(Command.Modify command) {
    command.operations().forEach(this::names);
    try {
      MemberKeys keys = new MemberKeys(command.target());
      GroupPatch.of(ANY, command.operations()).members().forEach(it -> it.match(keys));
    } catch (ScimException e) {
      // The fold refuses invalid members, and needs no loaded state for that.
      return rewrite(command);
    }
    return rewrite(command);
  }

  @Override
  public BatchKeys delete(Command.Delete command) {
    return rewrite(command);
  }

  @Override
  public BatchKeys conform(Command.Conform command) {
    return rewrite(command);
  }

  private BatchKeys rewrite(Command command) {
    selection.tenants().add(caller.tenant());
    selection.groups().ids().add(new Id(caller.tenant(), command.target()));
    return selection;
  }

  private void name(JsonNode displayName) {
    if (displayName.isTextual()) {
      String key = NameKey.of(displayName.textValue());
      selection
          .groups()
          .names()
          .add(new ConnectionKey(caller.tenant(), caller.requireConnection(), key));
    }
  }

  private void names(PatchOperation operation) {
    String path = operation.path();
    if (path == null) {
      for (Map.Entry<String, JsonNode> member : operation.value().properties()) {
        if (PatchOperation.names(member.getKey(), "displayName")) {
          name(member.getValue());
        }
      }
    } else if (PatchOperation.names(path, "displayName")) {
      name(operation.value());
    }
  }

  /** Empty for invalid members: the fold refuses them, and needs no loaded state for that. */
  private static Optional<List<GroupMember>> members(ObjectNode resource) {
    try {
      return Optional.of(GroupMember.list(resource.path("members")));
    } catch (ScimException e) {
      return Optional.empty();
    }
  }

  private List<UUID> candidates(Collection<GroupMember> members) {
    List<UUID> ids = members.stream().flatMap(it -> ResourceId.of(it.value()).stream()).toList();
    ids.forEach(
        id ->
            selection
                .groups()
                .candidates()
                .add(new ConnectionId(caller.tenant(), caller.requireConnection(), id)));
    return ids;
  }

  /** Collects the keys that one change of the members needs. */
  private final class MemberKeys implements MemberChange.Cases<Boolean> {

    private final UUID group;

    MemberKeys(UUID group) {
      this.group = group;
    }

    @Override
    public Boolean add(MemberChange.Add change) {
      return pairs(candidates(change.members()));
    }

    @Override
    public Boolean remove(MemberChange.Remove change) {
      return pairs(change.values().stream().flatMap(it -> ResourceId.of(it).stream()).toList());
    }

    @Override
    public Boolean removeMatching(MemberChange.RemoveMatching change) {
      return selection.groups().whole().add(new Id(caller.tenant(), group));
    }

    @Override
    public Boolean assign(MemberChange.Assign change) {
      candidates(change.members());
      return selection.groups().whole().add(new Id(caller.tenant(), group));
    }

    @Override
    public Boolean require(MemberChange.Require change) {
      return remove(new MemberChange.Remove(change.values()));
    }

    private Boolean pairs(List<UUID> members) {
      members.forEach(it -> selection.groups().pairs().add(new Pair(caller.tenant(), group, it)));
      return true;
    }
  }
}
