package io.gatehouse.store;

import org.jspecify.annotations.Nullable;

/** The store is unavailable; the request may be correct. The caller tries again later. */
public class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Throws a failure again when it says that the whole store is unavailable, not one session: then
   * no work is at fault, and no other work would succeed.
   */
  public static void rethrow(RuntimeException failure) {
    if (failure instanceof StoreUnavailableException
        && !(failure instanceof SessionLostException)) {
      throw failure;
    }
  }
}
