package io.gatehouse.portal;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Links from a request that was recorded to the page that explains one like it. */
@Component("explain")
final class ExplainLinks {

  private static final Map<String, String> METHODS =
      Map.of("create", "POST", "replace", "PUT", "modify", "PATCH", "delete", "DELETE");

  private static final Map<String, String> PATHS = Map.of("user", "Users", "group", "Groups");

  /**
   * The address with connection, method and path filled in. Bodies of requests are not kept.
   *
   * @param action for example {@code user.modify}
   * @return null when an explanation does not tell more: of an act that came by no connection, and
   *     of one that is no request
   */
  public @Nullable String of(
      @Nullable String tenant, @Nullable UUID connection, String action, @Nullable UUID resource) {
    int dot = action.indexOf('.');
    String path = PATHS.get(action.substring(0, Math.max(0, dot)));
    String method = METHODS.get(action.substring(dot + 1));
    if (tenant == null || connection == null || path == null || method == null) {
      return null;
    }
    boolean one = resource != null && !method.equals("POST");
    return new PageLink("/admin/tenants/" + tenant + "/explain")
        .with("connection", connection)
        .with("method", method)
        .with("path", one ? path + "/" + resource : path)
        .toString();
  }
}
