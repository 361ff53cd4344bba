package io.gatehouse.portal;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.access.Sessions;
import io.gatehouse.admin.api.ActivityController;
import io.gatehouse.admin.api.ActivityController.Wanted;
import io.gatehouse.admin.api.ActivityStreams;
import io.gatehouse.admin.api.AuditView;
import io.gatehouse.admin.api.ConnectionsController;
import io.gatehouse.admin.api.TenantLookup;
import io.gatehouse.security.AdministratorAuthentication;
import io.gatehouse.tenant.Connections.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** What happens in a tenant, as it happens. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/activity")
final class ActivityPages {

  private final TenantLookup tenantLookup;
  private final ActivityController activity;
  private final ActivityStreams streams;
  private final ConnectionsController connections;
  private final Sessions sessions;
  private final ITemplateEngine templates;
  private final PageText text;

  ActivityPages(
      TenantLookup tenantLookup,
      ActivityController activity,
      ActivityStreams streams,
      ConnectionsController connections,
      Sessions sessions,
      ITemplateEngine templates,
      PageText text) {
    this.tenantLookup = tenantLookup;
    this.activity = activity;
    this.streams = streams;
    this.connections = connections;
    this.sessions = sessions;
    this.templates = templates;
    this.text = text;
  }

  /** The filter of the page. */
  record Filter(@Nullable UUID connection, @Nullable String action, @Nullable String outcome) {
    Wanted of(String tenant, @Nullable Long after) {
      return new Wanted(
          tenant, connection, FormText.text(action), FormText.text(outcome), after, null);
    }

    /** The address of a page with this filter. */
    String at(String path, @Nullable Long after) {
      UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
      address.queryParamIfPresent("connection", java.util.Optional.ofNullable(connection));
      address.queryParamIfPresent("action", java.util.Optional.ofNullable(FormText.text(action)));
      address.queryParamIfPresent("outcome", java.util.Optional.ofNullable(FormText.text(outcome)));
      address.queryParamIfPresent("after", java.util.Optional.ofNullable(after));
      return address.encode().toUriString();
    }
  }

  /**
   * An entry as a line of the page.
   *
   * @param href the page of the user; null when the entry is about none
   */
  record Row(
      long id,
      String at,
      String shownAt,
      String action,
      String actor,
      String connection,
      boolean refused,
      String result,
      String changed,
      @Nullable String href) {}

  @Requires(Role.VIEWER)
  @GetMapping
  String page(
      @PathVariable String tenant,
      Filter filter,
      @RequestParam(required = false) @Nullable Long after,
      Model model) {
    String slug = tenantLookup.known(tenant).slug();
    Map<UUID, String> names = names(slug);
    List<Row> rows =
        activity.latest(filter.of(slug, after)).entries().stream()
            .map(it -> row(slug, it, names))
            .toList();
    long newest = rows.isEmpty() ? after == null ? 0 : after : rows.get(0).id();
    String path = "/admin/tenants/" + slug + "/activity";
    model.addAttribute("rows", rows);
    model.addAttribute("filter", filter);
    model.addAttribute("connections", names);
    model.addAttribute("newer", filter.at(path, newest));
    model.addAttribute("all", filter.at(path, null));
    model.addAttribute("stream", filter.at(path + "/stream", newest));
    model.addAttribute("after", after);
    return "portal/activity";
  }

  /** The lines of the page as they come; ends with the session. */
  @Requires(Role.VIEWER)
  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void stream(
      @PathVariable String tenant,
      Filter filter,
      @RequestParam(required = false) @Nullable Long after,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long last,
      Authentication authentication,
      HttpServletRequest request,
      HttpServletResponse response) {
    Tenant of = tenantLookup.known(tenant);
    String slug = of.slug();
    Map<UUID, String> names = names(slug);
    UUID session =
        Objects.requireNonNull(((AdministratorAuthentication) authentication).session()).id();
    streams.open(
        activity.wish(filter.of(slug, after), last),
        new ActivityStreams.Reader(
            it -> rendered(row(slug, it, names)),
            () ->
                sessions
                    .live(session)
                    .filter(it -> it.account().administrator().isOf(of.id()))
                    .isPresent()),
        request,
        response);
  }

  private String rendered(Row row) {
    return templates.process(
        "portal/activity-rows", new Context(Locale.ENGLISH, Map.of("rows", List.of(row))));
  }

  private Map<UUID, String> names(String tenant) {
    return connections.all(tenant).stream()
        .filter(it -> it.tenant().equals(tenant))
        .collect(
            Collectors.toMap(
                ConnectionsController.ConnectionView::id,
                ConnectionsController.ConnectionView::name));
  }

  private Row row(String tenant, AuditView it, Map<UUID, String> names) {
    boolean refused = it.status() >= 400;
    boolean user = it.resource() != null && it.action().startsWith("user.");
    return new Row(
        it.id(),
        it.at().toString(),
        text.time(it.at()),
        it.action(),
        it.actor(),
        it.connection() == null ? "" : names.getOrDefault(it.connection(), "a removed connection"),
        refused,
        refused ? Objects.requireNonNullElse(it.refused(), "refused " + it.status()) : "applied",
        changed(it),
        user ? "/admin/tenants/" + tenant + "/users/" + it.resource() : null);
  }

  private static String changed(AuditView it) {
    return it.changes() instanceof List<?> changes
        ? changes.stream()
            .filter(Map.class::isInstance)
            .map(change -> String.valueOf(((Map<?, ?>) change).get("path")))
            .distinct()
            .limit(6)
            .collect(Collectors.joining(", "))
        : "";
  }
}
