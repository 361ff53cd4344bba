package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.delivery.webhook.WebhookClient;
import io.gatehouse.inbox.InboxTasks;
import io.gatehouse.scim.Json;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.ApiAccess;
import io.gatehouse.tenant.ConnectionSettings;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.EntraLogin;
import io.gatehouse.tenant.IdpProfiles;
import io.gatehouse.tenant.SecretCipher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /connections}: connections of IdPs. */
@RestController
@RequestMapping("/admin/api/v1/connections")
public final class ConnectionsController {

  private final Connections connections;
  private final TenantLookup tenantLookup;
  private final IdpProfiles profiles;
  private final ConnectionCaches connectionCaches;
  private final SecretCipher cipher;
  private final InboxTasks tasks;
  private final ActRecorder acts;
  private final PublicLinks publicLinks;
  private final WebhookClient client;
  private final ConnectionViews views;

  ConnectionsController(
      Connections connections,
      TenantLookup tenantLookup,
      IdpProfiles profiles,
      ConnectionCaches connectionCaches,
      SecretCipher cipher,
      InboxTasks tasks,
      ActRecorder acts,
      PublicLinks publicLinks,
      WebhookClient client,
      ConnectionViews views) {
    this.views = views;
    this.connections = connections;
    this.tenantLookup = tenantLookup;
    this.profiles = profiles;
    this.connectionCaches = connectionCaches;
    this.cipher = cipher;
    this.tasks = tasks;
    this.acts = acts;
    this.publicLinks = publicLinks;
    this.client = client;
  }

  public record NewConnection(
      @Nullable String tenant,
      @Nullable String name,
      @Nullable String idp,
      @Nullable Map<String, Object> settings) {}

  public record NewConnectionView(
      UUID id, String tenant, String idp, String scimUrl, String webhookUrl, String token) {}

  /**
   * A connection.
   *
   * @param status {@code never-called}, {@code healthy}, or {@code failing} when its last call was
   *     refused
   * @param lastCall method, kind of resource and names of parameters, without values
   * @param lastError status and call
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ConnectionView(
      UUID id,
      String tenant,
      String name,
      String idp,
      String scimUrl,
      String webhookUrl,
      Map<String, Object> settings,
      List<TokenView> tokens,
      String status,
      @Nullable Instant lastCallAt,
      @Nullable String lastCall,
      @Nullable Instant lastSuccessAt,
      @Nullable Instant lastErrorAt,
      @Nullable String lastError) {}

  public record ConnectionChange(@Nullable Map<String, @Nullable Object> settings) {}

  /**
   * A live token, without its secret.
   *
   * @param lastUsedAt to a few minutes; absent when no call has come with it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TokenView(
      UUID id, String prefix, Instant createdAt, @Nullable Instant lastUsedAt) {}

  @Requires(Role.ADMIN)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public NewConnectionView add(@RequestBody NewConnection wanted) {
    Connections.Tenant tenant = tenantLookup.given(wanted.tenant());
    String slug = tenant.slug();
    String idp = idp(wanted.idp());
    String name = DisplayNames.of(wanted.name(), idp);
    ObjectNode settings = settings(idp, wanted.settings());
    settings.properties().removeIf(it -> it.getValue().isNull());
    Connection connection =
        new Connection(UUID.randomUUID(), tenant.id(), slug, name, idp, settings);
    requireUnclaimed(connection.id(), settings);
    connections.add(connection);
    connectionCaches.renew();
    String token = ConnectionTokensController.issue(connections, connection.id()).token();
    acts.append(tenant.id(), connection.id(), "connection.create");
    return new NewConnectionView(
        connection.id(),
        slug,
        idp,
        publicLinks.to("/scim/v2"),
        views.webhookUrl(connection),
        token);
  }

  private String idp(@Nullable String idp) {
    if (idp == null || !profiles.names().contains(idp)) {
      throw ProblemException.badRequest("'idp' must be one of " + profiles.names() + ".");
    }
    return idp;
  }

  /** Those of a tenant, or of all tenants. */
  @Requires(Role.VIEWER)
  @GetMapping
  public List<ConnectionView> all(@RequestParam(required = false) @Nullable String tenant) {
    return views.of(
        connections.connections().stream()
            .filter(it -> CurrentAdministrator.get().isOf(it.tenant()))
            .filter(it -> tenant == null || it.tenantSlug().equals(tenant))
            .toList());
  }

  /** The number of waiting signals of webhooks and polls, and the problem of the oldest one. */
  @Requires(Role.VIEWER)
  @GetMapping("/{id}/signals")
  public InboxTasks.Standing signals(@PathVariable UUID id) {
    return tasks.standing(tenantLookup.connection(id).id());
  }

  @Requires(Role.VIEWER)
  @GetMapping("/{id}")
  public ConnectionView one(@PathVariable UUID id) {
    return views.of(List.of(tenantLookup.connection(id))).get(0);
  }

  /** The new settings take effect at once here, and within half a minute on other instances. */
  @Requires(Role.ADMIN)
  @PatchMapping("/{id}")
  public ConnectionView change(@PathVariable UUID id, @RequestBody ConnectionChange wanted) {
    Connection connection = tenantLookup.connection(id);
    ObjectNode settings = settings(connection.idp(), wanted.settings());
    requireUnclaimed(id, settings);
    connections.change(id, settings);
    connectionCaches.renew();
    acts.append(
        connection.tenant(),
        id,
        "connection.change",
        AccessRules.about("settings", String.join(", ", names(settings))));
    return views.of(List.of(tenantLookup.connection(id))).get(0);
  }

  /**
   * No connection controls its users from then on, and its groups are deleted; both takes a moment.
   */
  @Requires(Role.ADMIN)
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void remove(@PathVariable UUID id) {
    Connection connection = tenantLookup.connection(id);
    connections.remove(id);
    connectionCaches.renew();
    acts.append(connection.tenant(), id, "connection.remove");
  }

  /** What was changed; the values may be secrets. */
  private static List<String> names(ObjectNode settings) {
    return settings.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  private ObjectNode settings(
      String idp, @Nullable Map<String, ? extends @Nullable Object> wanted) {
    ObjectNode settings = Json.MAPPER.valueToTree(wanted == null ? Map.of() : wanted);
    ConnectionSettings.wrong(settings)
        .or(() -> ApiAccess.lack(idp, settings))
        .or(() -> ApiAccess.url(settings).flatMap(client::objection))
        .ifPresent(
            it -> {
              throw ProblemException.badRequest(it);
            });
    return ConnectionSettings.encrypted(settings, cipher);
  }

  /**
   * Refuses an {@code entraLogin} of another connection with 409. Two simultaneous requests may
   * still set the same pair; it is then accepted for neither connection.
   */
  private void requireUnclaimed(UUID id, ObjectNode settings) {
    boolean taken =
        EntraLogin.of(settings).map(connections::holders).orElse(List.of()).stream()
            .anyMatch(it -> !it.caller().requireConnection().equals(id));
    if (taken) {
      throw ProblemException.conflict("Another connection has this 'entraLogin'.");
    }
  }
}
