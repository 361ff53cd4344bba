package io.gatehouse.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be done to one resource. Canonical: no trace of the IdP's dialect is left. */
public sealed interface Command {

  ResourceType type();

  /** The resource; for a create the proposed id, which the fold may replace when it restores. */
  UUID target();

  <R> R match(Cases<R> cases);

  /** One function for each command, because Java 17 has no pattern switch. */
  interface Cases<R> {
    R create(Create command);

    R replace(Replace command);

    R modify(Modify command);

    R delete(Delete command);

    /** Only people are governed. */
    default R govern(Lifecycle command) {
      throw new IllegalStateException("no measure about a " + command.type());
    }

    /** No client says this, and nothing that a client says is read as it. */
    default R conform(Conform command) {
      throw new IllegalStateException("no change of schemas is about one " + command.type());
    }

    /** Nothing is to be done. */
    default R probe(Probe command) {
      throw new IllegalStateException("a probe changes nothing");
    }
  }

  /** POST: {@code resource} is complete and valid; a user may be one who comes back. */
  record Create(ResourceType type, UUID target, ObjectNode resource, Leeway leeway)
      implements Command {

    /** Read to the letter. */
    public Create(ResourceType type, UUID target, ObjectNode resource) {
      this(type, target, resource, Leeway.NONE);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.create(this);
    }
  }

  /** PUT: {@code resource} takes the place of what is there, if the version is the expected one. */
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

    /** The same to the letter, with other operations. */
    public Modify with(List<PatchOperation> others) {
      return new Modify(type, target, others, Leeway.NONE, ifMatch);
    }
  }

  /** DELETE: the person leaves; their data stays until it is erased. */
  record Delete(ResourceType type, UUID target, @Nullable String ifMatch) implements Command {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.delete(this);
    }
  }

  /** What no IdP can ask for: a measure about one person. */
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
   * Drops what a resource has of schemas that were deleted or narrowed, as they are when this is
   * applied.
   */
  record Conform(ResourceType type, UUID target) implements Command {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.conform(this);
    }
  }

  /**
   * Goes the way of all commands, touches the store and leaves nothing; readiness depends on its
   * return.
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
