package io.gatehouse.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The audit log; personal data is kept apart from the entries, so that it can be erased without
 * changing them.
 */
public interface AuditLog {

  /** Appends inside the transaction of the commands. */
  void append(List<AuditEntry> entries);

  /** Appends what was done without a command. */
  void append(Act act);

  /**
   * The same with what it was about.
   *
   * @param detail nothing about a person
   */
  void append(Act act, ObjectNode detail);

  /** Appends that many attempts to sign in were refused. */
  void append(Burst burst);

  /**
   * Attempts to sign in that were refused, within a minute and from one address.
   *
   * @param tenant null when it is not known whom they were about
   * @param realm for example {@code scim}
   * @param address IP address
   * @param count how many there were when this was noticed
   */
  record Burst(
      @Nullable UUID tenant, @Nullable UUID connection, String realm, String address, int count) {}

  /**
   * What an administrator did, or the gateway by itself.
   *
   * @param connection null when it is about the tenant
   * @param actor {@code admin} or {@code schedule}
   * @param action for example {@code token.create}
   */
  record Act(UUID tenant, @Nullable UUID connection, String actor, String action) {

    /** An administrator's act. */
    public Act(UUID tenant, @Nullable UUID connection, String action) {
      this(tenant, connection, "admin", action);
    }

    /** What the gateway did by itself. */
    public static Act scheduled(UUID tenant, String action) {
      return new Act(tenant, null, "schedule", action);
    }
  }
}
