package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Outcome.Snapshot;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A group of a connection.
 *
 * @param version raised by one with each effective command, also one that only changes members
 * @param document the SCIM attributes, without {@code id}, {@code meta} and {@code members}
 */
public record Group(
    UUID tenant,
    UUID id,
    UUID connection,
    long version,
    Instant created,
    Instant modified,
    ObjectNode document)
    implements FoldContext.Versioned {

  public String displayName() {
    return document.path("displayName").asText();
  }

  public String displayNameKey() {
    return NameKey.of(displayName());
  }

  public @Nullable String externalId() {
    return Json.text(document, "externalId");
  }

  public Snapshot snapshot() {
    return new Snapshot(ResourceType.GROUP, id, version, created, modified, document);
  }

  /** The next state after an effective command. */
  Group next(ObjectNode changed, Instant now) {
    return new Group(tenant, id, connection, version + 1, created, now, changed);
  }
}
