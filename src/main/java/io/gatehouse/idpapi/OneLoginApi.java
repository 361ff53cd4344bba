package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.tenant.ApiAccess.Scope;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The API of OneLogin, version 2 except for events. Its roles are our groups. */
final class OneLoginApi implements IdpApi {

  private static final String USERS = "/api/2/users/";
  private static final String APPS = "/api/2/apps/";
  private static final String ROLES = "/api/2/roles/";

  private final ApiClient api;
  private final Scope scope;
  private final OneLoginLog log;
  private final ScopeGuard guard;

  OneLoginApi(ApiClient api, Scope scope, OneLoginLog log) {
    this.api = api;
    this.scope = scope;
    this.log = log;
    this.guard = new ScopeGuard(api, scope, new ScopeGuard.Paths(APPS, ROLES));
  }

  @Override
  public Optional<RemoteUser> user(String id) {
    return api.object(USERS, id, "")
        .map(OneLoginUser::new)
        .map(it -> new RemoteUser(id, it.resource(), isAssigned(id, it), it.modifiedAt()));
  }

  private boolean isAssigned(String id, OneLoginUser user) {
    return guard.believed(
        (scope.group() != null && user.roles().contains(scope.group()))
            || (scope.application() != null
                && ids(USERS + id + "/apps", it -> true).contains(scope.application())));
  }

  @Override
  public Optional<RemoteGroup> group(String id) {
    return api.object(ROLES, id, "")
        .map(
            it ->
                new RemoteGroup(
                    id,
                    it.path("name").asText(),
                    ids(ROLES + id + "/users", user -> user.path("assigned").asBoolean(true))));
  }

  private Set<String> ids(String list, Predicate<JsonNode> wanted) {
    String page = list + "?limit=100";
    return api.ids(
        page,
        wanted,
        response ->
            response
                .header("After-Cursor")
                .filter(it -> !it.isBlank())
                .map(it -> page + "&cursor=" + ApiRequest.encoded(it)));
  }

  @Override
  public PollResult poll(@Nullable String watermark) {
    return log.poll(watermark);
  }
}
