package io.gatehouse.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An operation on one resource in canonical form, without peculiarities of the IdP. */
public sealed interface Command {

  ResourceType type();

  /**
   * Id of the resource; for a create the proposed id, which the fold may replace when it restores.
   */
  UUID target();

  <R> R match(Cases<R> cases);

  /** One function for each command, because Java 17 has no pattern switch. */
  interface Cases<R> {
    R create(Create command);

    R replace(Replace command);

    R modify(Modify command);

    R delete(Delete command);

    /** Lifecycle commands apply to users only. */
    default R govern(Lifecycle command) {
      throw new IllegalStateException("no measure about a " + command.type());
    }

    /** Only jobs of the gateway send this; no request of a client is decoded to it. */
    default R conform(Conform command) {
      throw new IllegalStateException("no change of schemas is about one " + command.type());
    }

    /** A probe changes nothing. */
    default R probe(Probe command) {
      throw new IllegalStateException("a probe changes nothing");
    }
  }

  /** POST: {@code resource} is complete and valid; a user may be one who is restored. */
  record Create(ResourceType type, UUID target, ObjectNode resource, Leeway leeway)
      implements Command {

    /** A create that is read strictly, without a leeway. */
    public Create(ResourceType type, UUID target, ObjectNode resource) {
      this(type, target, resource, Leeway.NONE);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.create(this);
    }
  }

  /** PUT: {@code resource} replaces the stored one, if the version is the expected one. */
  record Replace(
      ResourceType type, UUID target, ObjectNode resource, Leeway leeway, @Nullable String ifMatch)
      implements Command {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.replace(this);
    }
  }

  /** PATCH. */
  record Modify(
      ResourceType type,
      UUID target,
      List<PatchOperation> operations,
      Leeway leeway,
      @Nullable String ifMatch)
      implements Command {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.modify(this);
    }

    /** The same command with other operations. */
    public Modify with(List<PatchOperation> others) {
      return new Modify(type, target, others, Leeway.NONE, ifMatch);
    }
  }

  /** DELETE: the user is deactivated and hidden; the data stays until it is erased. */
  record Delete(ResourceType type, UUID target, @Nullable String ifMatch) implements Command {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.delete(this);
    }
  }

  /** A lifecycle action on one user, which an IdP cannot request. */
  record Lifecycle(UUID target, LifecycleAction measure) implements Command {
    @Override
    public ResourceType type() {
      return ResourceType.USER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.govern(this);
    }
  }

  /**
   * Drops values of schemas that were deleted or narrowed. The schemas at the time of application
   * decide.
   */
  record Conform(ResourceType type, UUID target) implements Command {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.conform(this);
    }
  }

  /**
   * Passes through the queue like all commands, writes to the store and changes nothing; readiness
   * depends on its return.
   *
   * @param target its own id
   */
  record Probe(UUID target) implements Command {
    @Override
    public ResourceType type() {
      return ResourceType.USER;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.probe(this);
    }
  }
}
