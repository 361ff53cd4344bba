package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.tenant.ApiAccess.Scope;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API of Okta. */
final class OktaApi implements IdpApi {

  private static final String USERS = "/api/v1/users/";
  private static final String GROUPS = "/api/v1/groups/";
  private static final String APPS = "/api/v1/apps/";

  private final ApiClient api;
  private final Scope scope;
  private final OktaLog log;
  private final ScopeGuard guard;

  OktaApi(ApiClient api, Scope scope, OktaLog log) {
    this.api = api;
    this.scope = scope;
    this.log = log;
    this.guard = new ScopeGuard(api, scope, new ScopeGuard.Paths(APPS, GROUPS));
  }

  @Override
  public Optional<RemoteUser> user(String id) {
    return api.object(USERS, id, "").map(it -> remote(id, it));
  }

  private RemoteUser remote(String id, JsonNode user) {
    Optional<JsonNode> assignment = assignment(id);
    boolean assigned = guard.believed(assignment.isPresent() || isInGroup(id));
    OktaUser read = new OktaUser(user, assignment.orElse(null));
    return new RemoteUser(id, read.resource(), assigned, read.modifiedAt());
  }

  private Optional<JsonNode> assignment(String id) {
    return ApiClient.isId(scope.application())
        ? api.find(APPS + scope.application() + "/users/" + id).map(ApiResponse::json)
        : Optional.empty();
  }

  private boolean isInGroup(String id) {
    return ApiClient.isId(scope.group())
        && ids(USERS + id + "/groups?limit=200").contains(scope.group());
  }

  /** Groups have no other names, so an answer without the id is no reason to delete one. */
  @Override
  public Optional<RemoteGroup> group(String id) {
    if (!ApiClient.isId(id)) {
      return Optional.empty();
    }
    return api.find(GROUPS + id)
        .map(ApiResponse::json)
        .map(
            it ->
                new RemoteGroup(
                    id,
                    it.path("profile").path("name").asText(),
                    ids(GROUPS + id + "/users?limit=1000")));
  }

  private Set<String> ids(String list) {
    return api.ids(list, it -> true, ApiResponse::next);
  }

  @Override
  public PollResult poll(@Nullable String watermark) {
    return log.poll(watermark);
  }
}
