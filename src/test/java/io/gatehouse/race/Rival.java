package io.gatehouse.race;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.support.ScimClient;
import java.time.Instant;
import java.util.UUID;

/** What brings somebody back. */
enum Rival {
  PATCH(false),
  PUT(false),
  POST(true),
  RESTORE(false),
  RESTORE_OF_A_DELETED_USER(true);

  private static final String RETURN = "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}";

  private final boolean ofADeletedUser;

  Rival(boolean ofADeletedUser) {
    this.ofADeletedUser = ofADeletedUser;
  }

  /** How the person leaves, who is to be brought back. */
  Command leaving(UUID id) {
    return ofADeletedUser
        ? new Command.Delete(ResourceType.USER, id, null)
        : modify(id, RETURN.replace("true", "false"));
  }

  Command returning(UUID id, ObjectNode user) {
    return switch (this) {
      case PATCH -> modify(id, RETURN);
      case PUT -> new Command.Replace(ResourceType.USER, id, user, Leeway.NONE, null);
      case POST ->
          new Command.Create(ResourceType.USER, CommandId.uuid7(Instant.now()), user.deepCopy());
      case RESTORE, RESTORE_OF_A_DELETED_USER -> new Command.Lifecycle(id, LifecycleAction.RESTORE);
    };
  }

  /** Whether an administrator asks, and not the connection. */
  boolean isMeasure() {
    return this == RESTORE || this == RESTORE_OF_A_DELETED_USER;
  }

  /** When it brings somebody back, and when there is nobody any more. */
  int status(boolean erased) {
    if (this == POST) {
      return 201;
    }
    return erased ? 404 : 200;
  }

  private static Command modify(UUID id, String operation) {
    return new Command.Modify(
        ResourceType.USER,
        id,
        PatchOperation.readAll(ScimClient.patch(operation)),
        Leeway.NONE,
        null);
  }
}
