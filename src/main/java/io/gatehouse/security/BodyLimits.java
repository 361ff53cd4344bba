package io.gatehouse.security;

import io.gatehouse.edge.RequestLimits;
import io.gatehouse.server.BodyReadSlots;
import io.gatehouse.server.BodyReader;
import io.gatehouse.server.MemoryBudget;
import io.gatehouse.webhook.WebhookConnections;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.springframework.security.core.context.SecurityContextHolder;

/** The limits of size, time and number for the bodies of each kind of caller. */
final class BodyLimits {

  /** How long a body may take before its rate counts; a webhook is unauthenticated until then. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration WEBHOOK_PATIENCE = Duration.ofSeconds(5);

  /** Bodies of one connection, or of the administrators, that may be read at the same time. */
  private static final int BODIES = 60;

  private static final int WEBHOOK_BODIES = 20;

  /**
   * Bodies that may be read at the same time for one connection from addresses with too many failed
   * proofs.
   */
  private static final int DISTRUSTED_BODIES = 4;

  private static final int MAX_ADMIN_PAYLOAD = 1024 * 1024;

  /** Of a sign-in, which every client may send. */
  private static final int MAX_OPEN_FORM = 8 * 1024;

  private static final String IMPORT = "/admin/api/v1/users/import";

  private static final Pattern PORTAL_IMPORT = Pattern.compile("/admin/tenants/[^/]+/import");

  private BodyLimits() {}

  static RequestBodyFilter ofScim(MemoryBudget budget) {
    return bodies(budget, BodyLimits::scimLimit);
  }

  static RequestBodyFilter ofAdministrators(MemoryBudget budget) {
    return bodies(budget, BodyLimits::adminLimit);
  }

  /** Forms of the portal. */
  static RequestBodyFilter ofPortal(MemoryBudget budget) {
    return bodies(budget, BodyLimits::portalLimit);
  }

  private static int portalLimit(HttpServletRequest request) {
    if (SecurityContextHolder.getContext().getAuthentication() == null) {
      return openLimit(request);
    }
    return PORTAL_IMPORT.matcher(request.getRequestURI()).matches()
        ? RequestBodyFilter.STREAMED
        : MAX_ADMIN_PAYLOAD;
  }

  /** Only few addresses accept a form of a client that is not signed in. */
  private static int openLimit(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.startsWith("/admin/sign-in") || path.startsWith("/admin/setup/")
        ? MAX_OPEN_FORM
        : RequestBodyFilter.UNWANTED;
  }

  static WebhookBodyFilter ofWebhooks(
      WebhookConnections connections, MemoryBudget budget, SignInGuard signInGuard) {
    WebhookBodyFilter.Lanes lanes =
        new WebhookBodyFilter.Lanes(
            new BodyReader(WEBHOOK_PATIENCE, System::nanoTime),
            new BodyReadSlots(WEBHOOK_BODIES),
            new BodyReadSlots(DISTRUSTED_BODIES));
    return new WebhookBodyFilter(connections, lanes, budget, signInGuard);
  }

  private static RequestBodyFilter bodies(
      MemoryBudget budget, ToIntFunction<HttpServletRequest> limit) {
    BodyReader reader = new BodyReader(PATIENCE, System::nanoTime);
    return new RequestBodyFilter(reader, new BodyReadSlots(BODIES), budget, limit);
  }

  private static int scimLimit(HttpServletRequest request) {
    String path = request.getPathInfo();
    boolean isGroup = path != null && path.startsWith("/v2/Groups");
    return isGroup ? RequestLimits.MAX_GROUP_PAYLOAD : RequestLimits.MAX_PAYLOAD;
  }

  private static int adminLimit(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (!path.startsWith("/admin/")) {
      return RequestBodyFilter.UNWANTED;
    }
    return path.equals(IMPORT) ? RequestBodyFilter.STREAMED : MAX_ADMIN_PAYLOAD;
  }
}
