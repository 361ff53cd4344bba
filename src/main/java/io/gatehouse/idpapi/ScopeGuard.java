package io.gatehouse.idpapi;

import io.gatehouse.inbox.IdpApiException;
import io.gatehouse.tenant.ApiAccess.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Believes that somebody is not assigned only when there is something to be assigned to. With an id
 * in the settings that is mistaken, everybody would be taken for a leaver.
 */
final class ScopeGuard {

  private final ApiClient api;
  private final Scope scope;
  private final Paths paths;
  private volatile boolean known;

  /** Where applications and groups are, up to their id. */
  record Paths(String applications, String groups) {}

  ScopeGuard(ApiClient api, Scope scope, Paths paths) {
    this.api = api;
    this.scope = scope;
    this.paths = paths;
  }

  /**
   * What was found out, when it can be believed.
   *
   * @throws IdpApiException when the IdP does not know whom the connection is for
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
