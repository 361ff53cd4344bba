package io.gatehouse.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The outcome of a command. It is stored before any caller gets it, so that every delivery has the
 * same one.
 */
public sealed interface Outcome {

  /** The corresponding HTTP status. */
  int status();

  /**
   * The state of a resource after the command.
   *
   * @param version raised by one with each effective command; the number in the ETag
   * @param document without {@code id} and {@code meta}
   */
  record Snapshot(
      ResourceType type,
      UUID id,
      long version,
      Instant created,
      Instant modified,
      ObjectNode document) {

    /** The weak entity tag (RFC 7644 section 3.14). */
    public String etag() {
      return "W/\"" + version + "\"";
    }
  }

  /** A group of a user. */
  record GroupName(UUID id, String name) {}

  /** A new resource, or a restored one. */
  record Created(Snapshot resource) implements Outcome {
    @Override
    public int status() {
      return 201;
    }
  }

  /**
   * The resource is as requested, whether or not that took a change.
   *
   * @param groups those that a user belongs to directly, in the order of their ids; empty where
   *     they were not read with the user. They are not stored.
   */
  record Updated(Snapshot resource, Optional<List<GroupName>> groups) implements Outcome {

    public Updated(Snapshot resource) {
      this(resource, Optional.empty());
    }

    @Override
    public int status() {
      return 200;
    }
  }

  /** The resource is no longer visible to SCIM. */
  record Deleted(UUID id) implements Outcome {
    @Override
    public int status() {
      return 204;
    }
  }

  /** The command was refused, or failed when the status is 500. */
  record Refused(ScimError refusal) implements Outcome {
    @Override
    public int status() {
      return refusal.status();
    }
  }
}
