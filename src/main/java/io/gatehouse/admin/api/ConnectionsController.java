package io.gatehouse.admin.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.Receivers;
import io.gatehouse.edge.ApiAccess;
import io.gatehouse.edge.ConnectionSettings;
import io.gatehouse.edge.Connections;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.edge.Connections.IssuedToken;
import io.gatehouse.edge.EntraLogin;
import io.gatehouse.edge.IdpProfiles;
import io.gatehouse.edge.Token;
import io.gatehouse.edge.Vault;
import io.gatehouse.inbox.Worklist;
import io.gatehouse.scim.Json;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /connections} and their tokens. */
@RestController
@RequestMapping("/admin/api/v1/connections")
final class ConnectionsController {

  private final Connections connections;
  private final Tenants tenants;
  private final IdpProfiles profiles;
  private final Memories memories;
  private final Vault vault;
  private final Worklist worklist;
  private final AuditLog audit;
  private final Links links;
  private final Receivers receivers;

  ConnectionsController(
      Connections connections,
      Tenants tenants,
      IdpProfiles profiles,
      Memories memories,
      Vault vault,
      Worklist worklist,
      AuditLog audit,
      Links links,
      Receivers receivers) {
    this.connections = connections;
    this.tenants = tenants;
    this.profiles = profiles;
    this.memories = memories;
    this.vault = vault;
    this.worklist = worklist;
    this.audit = audit;
    this.links = links;
    this.receivers = receivers;
  }

  record NewConnection(
      @Nullable String tenant,
      @Nullable String name,
      @Nullable String idp,
      @Nullable Map<String, Object> settings) {}

  record NewConnectionView(
      UUID id, String tenant, String idp, String scimUrl, String webhookUrl, String token) {}

  record ConnectionView(
      UUID id,
      String tenant,
      String name,
      String idp,
      String scimUrl,
      String webhookUrl,
      Map<String, Object> settings,
      List<TokenView> tokens) {}

  record ConnectionChange(@Nullable Map<String, Object> settings) {}

  record TokenView(UUID id, String prefix) {}

  record NewTokenView(UUID id, String token) {}

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  NewConnectionView add(@RequestBody NewConnection wanted) {
    Connections.Tenant tenant = tenants.given(wanted.tenant());
    String slug = tenant.slug();
    String idp = idp(wanted.idp());
    String name = Labels.of(wanted.name(), idp);
    ObjectNode settings = settings(idp, wanted.settings());
    settings.properties().removeIf(it -> it.getValue().isNull());
    Connection connection =
        new Connection(UUID.randomUUID(), tenant.id(), slug, name, idp, settings);
    requireUnclaimed(connection.id(), settings);
    connections.add(connection);
    memories.renew();
    Token token = issue(connection).token();
    audit.append(new AuditLog.Act(tenant.id(), connection.id(), "connection.create"));
    return new NewConnectionView(
        connection.id(), slug, idp, links.to("/scim/v2"), webhookUrl(connection), token.secret());
  }

  private String idp(@Nullable String idp) {
    if (idp == null || !profiles.names().contains(idp)) {
      throw Problem.badRequest("'idp' must be one of " + profiles.names() + ".");
    }
    return idp;
  }

  @GetMapping
  List<ConnectionView> all() {
    return connections.connections().stream().map(this::view).toList();
  }

  /** How the signals of webhooks and polls stand. */
  @GetMapping("/{id}/signals")
  Worklist.Standing signals(@PathVariable UUID id) {
    return worklist.standing(tenants.connection(id).id());
  }

  @GetMapping("/{id}")
  ConnectionView one(@PathVariable UUID id) {
    return view(tenants.connection(id));
  }

  private ConnectionView view(Connection it) {
    List<TokenView> tokens =
        connections.liveTokens(it.id()).stream()
            .map(token -> new TokenView(token.id(), token.prefix()))
            .toList();
    return new ConnectionView(
        it.id(),
        it.tenantSlug(),
        it.name(),
        it.idp(),
        links.to("/scim/v2"),
        webhookUrl(it),
        Trees.map(ConnectionSettings.shown(it.settings())),
        tokens);
  }

  /** What is set takes effect at once here, and within half a minute on other instances. */
  @PatchMapping("/{id}")
  ConnectionView change(@PathVariable UUID id, @RequestBody ConnectionChange wanted) {
    Connection connection = tenants.connection(id);
    ObjectNode settings = settings(connection.idp(), wanted.settings());
    requireUnclaimed(id, settings);
    connections.change(id, settings);
    memories.renew();
    audit.append(new AuditLog.Act(connection.tenant(), id, "connection.change"));
    return view(tenants.connection(id));
  }

  /** Its people are under nobody's control from now on, its groups go; both takes a moment. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable UUID id) {
    Connection connection = tenants.connection(id);
    connections.remove(id);
    memories.renew();
    audit.append(new AuditLog.Act(connection.tenant(), id, "connection.remove"));
  }

  private ObjectNode settings(String idp, @Nullable Map<String, Object> wanted) {
    ObjectNode settings = Json.MAPPER.valueToTree(wanted == null ? Map.of() : wanted);
    ConnectionSettings.wrong(settings)
        .or(() -> ApiAccess.lack(idp, settings))
        .or(() -> ApiAccess.url(settings).flatMap(receivers::objection))
        .ifPresent(
            it -> {
              throw Problem.badRequest(it);
            });
    return ConnectionSettings.sealed(settings, vault);
  }

  /** If two got the same pair at the same moment, nobody would be let in by it. */
  private void requireUnclaimed(UUID id, ObjectNode settings) {
    boolean taken =
        EntraLogin.of(settings).map(connections::holders).orElse(List.of()).stream()
            .anyMatch(it -> !it.caller().requireConnection().equals(id));
    if (taken) {
      throw Problem.conflict("Another connection has this 'entraLogin'.");
    }
  }

  @PostMapping("/{id}/tokens")
  @ResponseStatus(HttpStatus.CREATED)
  NewTokenView rotate(@PathVariable UUID id) {
    Issued issued = issue(tenants.connection(id));
    audit.append(new AuditLog.Act(tenants.connection(id).tenant(), id, "token.create"));
    return new NewTokenView(issued.id(), issued.token().secret());
  }

  @DeleteMapping("/{id}/tokens/{token}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable UUID id, @PathVariable UUID token) {
    Connection connection = tenants.connection(id);
    if (!connections.revoke(id, token)) {
      throw Problem.notFound("The connection has no such live token.");
    }
    memories.renew();
    audit.append(new AuditLog.Act(connection.tenant(), id, "token.revoke"));
  }

  private record Issued(UUID id, Token token) {}

  private Issued issue(Connection connection) {
    Token token = Token.generate();
    IssuedToken issued =
        connections
            .issue(connection.id(), token)
            .orElseThrow(
                () -> Problem.conflict("The connection has two live tokens; revoke one first."));
    return new Issued(issued.id(), token);
  }

  private String webhookUrl(Connection connection) {
    return links.to("/webhooks/" + connection.idp() + "/" + connection.id());
  }
}
