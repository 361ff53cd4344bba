package io.gatehouse.support;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.tenant.Connections;
import java.time.Instant;
import java.util.UUID;

/** A deactivation by a webhook, which the brake of its connection has stopped. */
public record Parked(ScimClient idp, UUID user, String key) {

  /** Parks the deactivation of a new user. */
  public static Parked by(ScimClient idp) {
    limit(idp, 0);
    UUID user = idp.create(ScimClient.user("ada@example.com")).id();
    Gateway gateway = idp.gateway();
    UUID tenant =
        gateway.bean("connections", Connections.class).tenant(idp.tenant()).orElseThrow().id();
    gateway
        .bean(CommandGateway.class)
        .send(
            CommandId.next(Instant.now()),
            new Caller(tenant, idp.tenant(), UUID.fromString(idp.connection()), "okta"),
            new Command.Delete(ResourceType.USER, user, null),
            new EventOrigin("webhook", "e1", "00u1", Instant.now()));
    return new Parked(idp, user, await().until(() -> key(idp), it -> !it.isEmpty()));
  }

  /** The key of what is parked now; empty when nothing is. */
  public static String key(ScimClient idp) {
    for (JsonNode it : idp.gateway().admin("GET", "/parked", null).json()) {
      if (it.path("tenant").asText().equals(idp.tenant())) {
        return it.path("key").asText();
      }
    }
    return "";
  }

  /** Frees the brake, so that a replay goes through. */
  public void allow() {
    idp.gateway().sql("delete from brake where connection_id = ?::uuid", idp.connection());
    limit(idp, 1000);
  }

  private static void limit(ScimClient idp, int minimum) {
    ObjectNode change = Json.object();
    change.putObject("settings").putObject("brake").put("minimum", minimum).put("percent", 0);
    idp.gateway().admin("PATCH", "/connections/" + idp.connection(), change);
  }
}
