package io.gatehouse.idpapi;

import io.gatehouse.inbox.IdpApiException;
import io.gatehouse.tenant.ApiAccess.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Accepts that a user is not assigned only when the application or group exists. With a wrong id in
 * the settings, every user would count as unassigned.
 */
final class ScopeGuard {

  private final ApiClient api;
  private final Scope scope;
  private final Paths paths;
  private volatile boolean known;

  /** The paths of applications and groups, up to their id. */
  record Paths(String applications, String groups) {}

  ScopeGuard(ApiClient api, Scope scope, Paths paths) {
    this.api = api;
    this.scope = scope;
    this.paths = paths;
  }

  /**
   * Returns the assignment after the check of the application or group.
   *
   * @throws IdpApiException when the IdP does not know the application or group
   */
  boolean believed(boolean assigned) {
    if (!assigned && !known) {
      require(paths.applications(), scope.application());
      require(paths.groups(), scope.group());
      known = true;
    }
    return assigned;
  }

  private void require(String path, @Nullable String id) {
    if (id != null && (!ApiClient.isId(id) || api.find(path + id).isEmpty())) {
      throw new IdpApiException(
          "The IdP does not know " + path + id + ", which is in the settings", null, null);
    }
  }
}
