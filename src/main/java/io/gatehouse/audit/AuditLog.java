package io.gatehouse.audit;

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

  /** Appends what an administrator did. */
  void append(Act act);

  /**
   * An administrator's act.
   *
   * @param connection null when it is about the tenant
   * @param action for example {@code token.create}
   */
  record Act(UUID tenant, @Nullable UUID connection, String action) {}
}
