package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.InboxTasks.Task;
import io.gatehouse.scim.PatchOperation.Kind;
import io.gatehouse.tenant.ConnectionSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates signals into commands. */
final class SignalTranslator {

  private final IdpApis apis;
  private final UserSignals users;
  private final GroupSignals groups;

  SignalTranslator(IdpApis apis, IdpIdentities known, UserCreation userCreation) {
    this.apis = apis;
    this.users = new UserSignals(known, userCreation);
    this.groups = new GroupSignals(known);
  }

  /**
   * The commands of a signal; none when its subject is outside the scope of the connection.
   *
   * @throws IdpApiException when the API of the IdP is needed and does not answer
   */
  List<PlannedCommand> orders(Task task) {
    IdpApi api = apis.of(task.connection()).orElse(null);
    return switch (task.signal().kind()) {
      case USER_CHANGED, USER_ACTIVATED -> users.changed(task, api);
      case USER_DEACTIVATED -> users.deactivated(task, api);
      case USER_DELETED -> users.deleted(task, api);
      case USER_ASSIGNED -> isOurs(task, "application") ? users.changed(task, api) : List.of();
      case USER_UNASSIGNED -> isOurs(task, "application") ? released(task, api) : List.of();
      case GROUP_CHANGED -> groups.changed(task, api);
      case GROUP_DELETED -> groups.deleted(task);
      case MEMBER_ADDED -> moved(task, api, Kind.ADD);
      case MEMBER_REMOVED -> moved(task, api, Kind.REMOVE);
      case FEED_EXPIRES, FEED_BROKEN -> attended(task, api);
    };
  }

  private List<PlannedCommand> moved(Task task, @Nullable IdpApi api, Kind kind) {
    List<PlannedCommand> orders = new ArrayList<>();
    if (isOurs(task, "group")) {
      orders.addAll(kind == Kind.ADD ? users.changed(task, api) : released(task, api));
    }
    try {
      orders.addAll(api == null ? groups.member(task, kind) : groups.changed(task, api));
    } catch (IdpApiException e) {
      if (kind == Kind.ADD || orders.isEmpty()) {
        throw e;
      }
      // a user who loses access with the group does not wait for the API
      orders.addAll(groups.member(task, kind));
    }
    return orders;
  }

  /**
   * When both an application and a group are set, a user who left one may still be in the other.
   */
  private List<PlannedCommand> released(Task task, @Nullable IdpApi api) {
    JsonNode ours = task.connection().settings().path(ConnectionSettings.API);
    boolean both = ours.has("application") && ours.has("group");
    return both && api != null ? users.changed(task, api) : users.deactivated(task, api);
  }

  /** Whether the application or group of the signal is the one in the connection's settings. */
  private static boolean isOurs(Task task, String what) {
    JsonNode ours = task.connection().settings().path(ConnectionSettings.API).path(what);
    return ours.isTextual() && ours.textValue().equals(task.signal().about().container());
  }

  private static List<PlannedCommand> attended(Task task, @Nullable IdpApi api) {
    if (api != null) {
      api.onLifecycleSignal(task.signal());
    }
    return List.of();
  }
}
