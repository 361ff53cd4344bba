package io.gatehouse.audit;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the newest part of a tenant's audit log, for an administrator who watches it. */
public interface ActivityLog {

  /** So many of the latest entries of a tenant are looked through for those that are wanted. */
  int REACH = 5_000;

  /**
   * Which entries are wanted.
   *
   * @param connection null for all
   * @param action for example {@code user.modify}; null for all
   * @param refused only those that were refused, or only others; null for all
   */
  record Wanted(
      UUID tenant, @Nullable UUID connection, @Nullable String action, @Nullable Boolean refused) {

    /** All entries of a tenant. */
    public static Wanted all(UUID tenant) {
      return new Wanted(tenant, null, null, null);
    }

    /** Whether an entry of the tenant is wanted. */
    public boolean includes(AuditTrail.Entry entry) {
      return (connection == null || connection.equals(entry.connection()))
          && (action == null || action.equals(entry.action()))
          && (refused == null || refused == isRefused(entry.status()));
    }

    private static boolean isRefused(int status) {
      return status >= 400;
    }
  }

  /**
   * The latest entries, the latest first.
   *
   * @param after only later entries than this one; zero for all
   */
  List<AuditTrail.Entry> latest(Wanted wanted, long after, int count);
}
