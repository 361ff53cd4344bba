package io.gatehouse.admin.api;

import io.gatehouse.admin.api.ConnectionsController.ConnectionView;
import io.gatehouse.admin.api.ConnectionsController.TokenView;
import io.gatehouse.tenant.CallActivity;
import io.gatehouse.tenant.ConnectionActivities.Activity;
import io.gatehouse.tenant.ConnectionSettings;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.Connections.IssuedToken;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Connections as administrators see them, with a number of queries that does not depend on theirs.
 */
@Component
final class ConnectionViews {

  private final Connections connections;
  private final CallActivity calls;
  private final PublicLinks publicLinks;

  ConnectionViews(Connections connections, CallActivity calls, PublicLinks publicLinks) {
    this.connections = connections;
    this.calls = calls;
    this.publicLinks = publicLinks;
  }

  /** The views, in the same order. */
  List<ConnectionView> of(List<Connection> shown) {
    List<UUID> ids = shown.stream().map(Connection::id).toList();
    Map<UUID, Activity> activities = calls.of(ids);
    Map<UUID, List<IssuedToken>> tokens = connections.liveTokens(ids);
    return shown.stream()
        .map(it -> view(it, tokens.getOrDefault(it.id(), List.of()), activities.get(it.id())))
        .toList();
  }

  private ConnectionView view(Connection it, List<IssuedToken> tokens, @Nullable Activity last) {
    return new ConnectionView(
        it.id(),
        it.tenantSlug(),
        it.name(),
        it.idp(),
        publicLinks.to("/scim/v2"),
        webhookUrl(it),
        JsonMaps.map(ConnectionSettings.shown(it.settings())),
        tokens.stream().map(ConnectionViews::view).toList(),
        last == null ? "never-called" : last.isFailing() ? "failing" : "healthy",
        last == null ? null : last.lastCallAt(),
        last == null ? null : last.lastCall(),
        last == null ? null : last.lastSuccessAt(),
        last == null ? null : last.lastErrorAt(),
        last == null ? null : last.lastError());
  }

  private static TokenView view(IssuedToken it) {
    return new TokenView(it.id(), it.prefix(), it.createdAt(), it.lastUsedAt());
  }

  /** The address to which the IdP of a connection sends its webhooks. */
  String webhookUrl(Connection connection) {
    return publicLinks.to("/webhooks/" + connection.idp() + "/" + connection.id());
  }
}
