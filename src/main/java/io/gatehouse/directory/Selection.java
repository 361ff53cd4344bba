package io.gatehouse.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.PatchOperation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every key that a batch names, so that all of them can be locked and loaded at once. */
public final class Selection {

  private final Set<Id> ids = new LinkedHashSet<>();
  private final Set<Name> names = new LinkedHashSet<>();
  private final Set<ExternalId> externalIds = new LinkedHashSet<>();
  private final Set<UUID> tenantsOfLeavers = new LinkedHashSet<>();

  private Selection() {}

  public record Id(UUID tenant, UUID id) {}

  public record Name(UUID tenant, String key) {}

  public record ExternalId(UUID tenant, UUID connection, String value) {}

  static Selection of(List<Envelope> batch) {
    Selection selection = new Selection();
    batch.forEach(it -> it.command().match(new Collector(selection, it.caller())));
    return selection;
  }

  public Set<Id> ids() {
    return ids;
  }

  public Set<Name> names() {
    return names;
  }

  public Set<ExternalId> externalIds() {
    return externalIds;
  }

  /** The tenants in which somebody may leave, whose retention must be known. */
  public Set<UUID> tenantsOfLeavers() {
    return tenantsOfLeavers;
  }

  /** One string for each key, in an order that is the same for every batch. */
  public Set<String> lockKeys() {
    Set<String> keys = new TreeSet<>();
    ids.forEach(it -> keys.add(it.tenant() + "/id/" + it.id()));
    names.forEach(it -> keys.add(it.tenant() + "/name/" + it.key()));
    externalIds.forEach(
        it -> keys.add(it.tenant() + "/external/" + it.connection() + "/" + it.value()));
    return keys;
  }

  /** Collects the keys of one command. */
  private record Collector(Selection selection, Caller caller) implements Command.Cases<Selection> {

    @Override
    public Selection create(Command.Create command) {
      String externalId = Json.text(command.resource(), "externalId");
      if (externalId != null) {
        selection.externalIds.add(new ExternalId(caller.tenant(), caller.connection(), externalId));
      }
      name(Json.text(command.resource(), "userName"));
      return id(command);
    }

    @Override
    public Selection replace(Command.Replace command) {
      name(Json.text(command.resource(), "userName"));
      return mayLeave(command);
    }

    @Override
    public Selection modify(Command.Modify command) {
      command.operations().forEach(this::names);
      return mayLeave(command);
    }

    @Override
    public Selection delete(Command.Delete command) {
      return mayLeave(command);
    }

    private Selection mayLeave(Command command) {
      selection.tenantsOfLeavers.add(caller.tenant());
      return id(command);
    }

    private Selection id(Command command) {
      selection.ids.add(new Id(caller.tenant(), command.target()));
      return selection;
    }

    private void name(@Nullable String userName) {
      if (userName != null) {
        selection.names.add(new Name(caller.tenant(), NameKey.of(userName)));
      }
    }

    /** A PATCH may take a new userName by path, or in a value without a path. */
    private void names(PatchOperation operation) {
      String path = operation.path();
      if (path == null) {
        for (Map.Entry<String, JsonNode> member : operation.value().properties()) {
          nameAt(member.getKey(), member.getValue());
        }
      } else {
        nameAt(path, operation.value());
      }
    }

    private void nameAt(String path, JsonNode value) {
      String attribute = path.substring(path.lastIndexOf(':') + 1);
      if (attribute.strip().equalsIgnoreCase("userName")) {
        name(value.textValue());
      }
    }
  }
}
