package io.gatehouse.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import java.time.Instant;
import java.util.UUID;

/**
 * What became of a command. Stored before anybody is told, so that every delivery gets the same
 * one.
 */
public sealed interface Outcome {

  /** The HTTP status that says the same. */
  int status();

  /**
   * A resource as it stood after the command.
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

  /** A new resource, or a restored one. */
  record Created(Snapshot resource) implements Outcome {
    @Override
    public int status() {
      return 201;
    }
  }

  /** The resource is as asked, whether or not that took a change. */
  record Updated(Snapshot resource) implements Outcome {
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

  /** Refused, or broken when the status is 500. */
  record Refused(ScimError refusal) implements Outcome {
    @Override
    public int status() {
      return refusal.status();
    }
  }
}
