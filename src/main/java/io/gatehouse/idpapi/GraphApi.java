package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.inbox.Signal;
import io.gatehouse.scim.Json;
import io.gatehouse.tenant.ApiAccess.Scope;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Microsoft Graph, as far as it is about users and groups of Entra ID. */
final class GraphApi implements IdpApi {

  private static final String USERS = "/v1.0/users/";
  private static final String GROUPS = "/v1.0/groups/";
  private static final String APPLICATIONS = "/v1.0/servicePrincipals/";
  private static final String DELETED = "/v1.0/directory/deletedItems/";
  private static final String USER = "#microsoft.graph.user";

  private final ApiClient api;
  private final Scope scope;
  private final GraphDelta delta;
  private final ScopeGuard guard;
  private final Optional<GraphSubscriptions> subscriptions;

  GraphApi(ApiClient api, Scope scope, Optional<GraphSubscriptions> subscriptions) {
    this.api = api;
    this.scope = scope;
    this.delta = new GraphDelta(api);
    this.guard = new ScopeGuard(api, scope, new ScopeGuard.Paths(APPLICATIONS, GROUPS));
    this.subscriptions = subscriptions;
  }

  @Override
  public Optional<RemoteUser> user(String id) {
    return api.object(USERS, id, "?$select=" + GraphUser.SELECT)
        .map(it -> remote(it, isAssigned(id)))
        .or(() -> softlyDeleted(id));
  }

  /** Kept for 30 days, in which it may be restored. */
  private Optional<RemoteUser> softlyDeleted(String id) {
    return api.object(DELETED, id, "")
        .filter(it -> it.path("@odata.type").asText().equals(USER))
        .map(it -> remote(((ObjectNode) it).put("accountEnabled", false), false));
  }

  private static RemoteUser remote(JsonNode user, boolean assigned) {
    return new RemoteUser(user.path("id").asText(), new GraphUser(user).resource(), assigned, null);
  }

  private boolean isAssigned(String id) {
    return guard.believed(hasRole(id) || isInGroup(id));
  }

  /** Directly, or through a group that is assigned. */
  private boolean hasRole(String id) {
    return ApiClient.isId(scope.application())
        && !api.get(
                USERS + id + "/appRoleAssignments?$filter=resourceId%20eq%20" + scope.application())
            .json()
            .path("value")
            .isEmpty();
  }

  private boolean isInGroup(String id) {
    if (!ApiClient.isId(scope.group())) {
      return false;
    }
    ObjectNode asked = Json.object();
    asked.putArray("groupIds").add(scope.group());
    return !api.post(USERS + id + "/checkMemberGroups", asked).json().path("value").isEmpty();
  }

  @Override
  public Optional<RemoteGroup> group(String id) {
    return api.object(GROUPS, id, "?$select=id,displayName")
        .map(it -> new RemoteGroup(id, it.path("displayName").asText(), members(id)));
  }

  private Set<String> members(String group) {
    Set<String> members = new HashSet<>();
    String page = GROUPS + group + "/members?$select=id&$top=999";
    while (page != null) {
      JsonNode answer = api.get(page).json();
      for (JsonNode member : answer.path("value")) {
        if (member.path("@odata.type").asText().equals(USER)) {
          members.add(member.path("id").asText());
        }
      }
      page = Json.text(answer, "@odata.nextLink");
    }
    return members;
  }

  @Override
  public PollResult poll(@Nullable String watermark) {
    return delta.poll(watermark);
  }

  @Override
  public void subscribe() {
    subscriptions.ifPresent(GraphSubscriptions::keep);
  }

  @Override
  public void onLifecycleSignal(Signal signal) {
    subscriptions.ifPresent(it -> it.onLifecycleSignal(signal));
  }
}
