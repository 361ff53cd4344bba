package io.gatehouse.admin.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.security.CurrentAdministrator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Appends acts of the administrator who is signed in to the audit log. */
@Component
public final class ActRecorder {

  private final AuditLog audit;

  ActRecorder(AuditLog audit) {
    this.audit = audit;
  }

  /**
   * Appends an act.
   *
   * @param tenant null when the act is on the gateway
   * @param connection null when the act is on the tenant
   * @param action for example {@code token.create}
   */
  public void append(@Nullable UUID tenant, @Nullable UUID connection, String action) {
    audit.append(act(tenant, connection, action));
  }

  /**
   * Appends an act with details.
   *
   * @param detail must not contain personal data
   */
  public void append(
      @Nullable UUID tenant, @Nullable UUID connection, String action, ObjectNode detail) {
    audit.append(act(tenant, connection, action), detail);
  }

  private static AuditLog.Act act(@Nullable UUID tenant, @Nullable UUID connection, String action) {
    return new AuditLog.Act(tenant, connection, CurrentAdministrator.get().actor(), action);
  }
}
