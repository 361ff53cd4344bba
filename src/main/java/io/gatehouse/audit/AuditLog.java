package io.gatehouse.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Origin;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The audit log. Personal data is stored apart from the entries, so that an erasure need not change
 * the entries.
 */
public interface AuditLog {

  /** Appends entries inside the transaction of the commands. */
  void append(List<AuditEntry> entries);

  /** Appends an act that was not a command. */
  void append(Act act);

  /**
   * Appends an act with details.
   *
   * @param detail must not contain personal data
   */
  void append(Act act, ObjectNode detail);

  /** Appends a burst of refused sign-ins. */
  void append(Burst burst);

  /** The origin of the call that the current thread works on; empty when there is none. */
  interface Origins extends Supplier<Optional<Origin>> {}

  /**
   * Refused sign-ins from one address within a minute.
   *
   * @param tenant null when the tenant is unknown
   * @param realm for example {@code scim}
   * @param address IP address
   * @param count number of attempts when the burst was noticed
   */
  record Burst(
      @Nullable UUID tenant, @Nullable UUID connection, String realm, String address, int count) {}

  /**
   * An act of an administrator, or of the gateway by itself.
   *
   * @param tenant null when the act is on the gateway
   * @param connection null when the act is on the tenant
   * @param actor {@code admin}, {@code admin:<name>}, {@code setup-link} or {@code schedule}
   * @param action for example {@code token.create}
   */
  record Act(@Nullable UUID tenant, @Nullable UUID connection, String actor, String action) {

    /** An act of the gateway by itself. */
    public static Act scheduled(UUID tenant, String action) {
      return new Act(tenant, null, "schedule", action);
    }
  }
}
