package io.gatehouse.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.directory.BatchKeys.ConnectionKey;
import io.gatehouse.directory.BatchKeys.Id;
import io.gatehouse.directory.BatchKeys.Name;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.PatchOperation;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the keys of one command on a user. */
record PersonKeys(BatchKeys selection, Caller caller) implements Command.Cases<BatchKeys> {

  @Override
  public BatchKeys create(Command.Create command) {
    String externalId = Json.text(command.resource(), "externalId");
    if (externalId != null && !externalId.isBlank()) {
      selection
          .people()
          .externalIds()
          .add(new ConnectionKey(caller.tenant(), caller.connection(), externalId));
    }
    name(Json.text(command.resource(), "userName"));
    String email = Person.emailKey(command.resource());
    if (email != null) {
      selection.people().emails().add(new Name(caller.tenant(), email));
    }
    if (caller.isConnection()) {
      selection.arriving().add(caller);
    } else {
      selection.releasing();
    }
    return command.resource().path("active").asBoolean() && !FoldContext.hasExtension(command)
        ? id(command)
        : rewrite(command);
  }

  @Override
  public BatchKeys replace(Command.Replace command) {
    name(Json.text(command.resource(), "userName"));
    active(command.resource().path("active"));
    return rewrite(command);
  }

  @Override
  public BatchKeys modify(Command.Modify command) {
    command.operations().forEach(this::names);
    if (command.operations().stream().anyMatch(PersonKeys::mayDeactivate)) {
      leaving();
    }
    return rewrite(command);
  }

  @Override
  public BatchKeys delete(Command.Delete command) {
    leaving();
    return rewrite(command);
  }

  @Override
  public BatchKeys govern(Command.Lifecycle command) {
    if (command.measure() == LifecycleAction.RELEASE) {
      selection.releasing();
    }
    if (command.measure() == LifecycleAction.RESTORE) {
      selection.people().returning().add(new Id(caller.tenant(), command.target()));
    }
    return rewrite(command);
  }

  @Override
  public BatchKeys conform(Command.Conform command) {
    return rewrite(command);
  }

  private void leaving() {
    if (caller.isConnection()) {
      selection.leaving().add(caller.requireConnection());
    }
  }

  /**
   * Whether an operation may deactivate a user. Clients write that in many forms, and a false
   * positive is harmless.
   */
  private static boolean mayDeactivate(PatchOperation operation) {
    return mentionsActive(operation.path()) && !operation.value().asBoolean()
        || mayDeactivate(operation.value());
  }

  private static boolean mayDeactivate(JsonNode value) {
    return value.properties().stream()
        .anyMatch(
            it ->
                mentionsActive(it.getKey()) && !it.getValue().asBoolean()
                    || mayDeactivate(it.getValue()));
  }

  private static boolean mentionsActive(@Nullable String name) {
    return name != null && name.toLowerCase(Locale.ROOT).endsWith("active");
  }

  private void active(JsonNode active) {
    if (!active.isMissingNode() && !active.asBoolean()) {
      leaving();
    }
  }

  private BatchKeys rewrite(Command command) {
    selection.tenants().add(caller.tenant());
    return id(command);
  }

  private BatchKeys id(Command command) {
    selection.people().ids().add(new Id(caller.tenant(), command.target()));
    return selection;
  }

  private void name(@Nullable String userName) {
    if (userName != null) {
      selection.people().names().add(new Name(caller.tenant(), NameKey.of(userName)));
    }
  }

  /** Collects userNames: a PATCH may set one by path, or in a value without a path. */
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
    if (PatchOperation.names(path, "userName")) {
      name(value.textValue());
    }
  }
}
