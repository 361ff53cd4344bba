package io.gatehouse.security;

import io.gatehouse.edge.Limits;
import io.gatehouse.edge.WebhookConnections;
import io.gatehouse.server.BodyPlaces;
import io.gatehouse.server.BodyReader;
import io.gatehouse.server.MemoryBudget;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.ToIntFunction;

/** How large, how slow and how many the bodies of each kind of caller may be. */
final class BodyLimits {

  /** How long a body may take before its rate counts; that of a webhook proves nothing before. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration WEBHOOK_PATIENCE = Duration.ofSeconds(5);

  /** Bodies of one connection, or of the administrators, that are read at the same time. */
  private static final int BODIES = 60;

  private static final int WEBHOOK_BODIES = 20;

  /** Of addresses that have proven nothing too often, at the same connection. */
  private static final int DISTRUSTED_BODIES = 4;

  private static final int MAX_ADMIN_PAYLOAD = 1024 * 1024;
  private static final String IMPORT = "/admin/api/v1/users/import";

  private BodyLimits() {}

  static RequestBodyFilter ofScim(MemoryBudget budget) {
    return bodies(budget, BodyLimits::scimLimit);
  }

  static RequestBodyFilter ofAdministrators(MemoryBudget budget) {
    return bodies(budget, BodyLimits::adminLimit);
  }

  static WebhookDoor ofWebhooks(WebhookConnections connections, MemoryBudget budget, Door door) {
    WebhookDoor.Lanes lanes =
        new WebhookDoor.Lanes(
            new BodyReader(WEBHOOK_PATIENCE, System::nanoTime),
            new BodyPlaces(WEBHOOK_BODIES),
            new BodyPlaces(DISTRUSTED_BODIES));
    return new WebhookDoor(connections, lanes, budget, door);
  }

  private static RequestBodyFilter bodies(
      MemoryBudget budget, ToIntFunction<HttpServletRequest> limit) {
    BodyReader reader = new BodyReader(PATIENCE, System::nanoTime);
    return new RequestBodyFilter(reader, new BodyPlaces(BODIES), budget, limit);
  }

  private static int scimLimit(HttpServletRequest request) {
    String path = request.getPathInfo();
    boolean isGroup = path != null && path.startsWith("/v2/Groups");
    return isGroup ? Limits.MAX_GROUP_PAYLOAD : Limits.MAX_PAYLOAD;
  }

  private static int adminLimit(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (!path.startsWith("/admin/")) {
      return RequestBodyFilter.UNWANTED;
    }
    return path.equals(IMPORT) ? RequestBodyFilter.STREAMED : MAX_ADMIN_PAYLOAD;
  }
}
