package io.gatehouse.admin.api;

import io.gatehouse.access.SetupLink;
import io.gatehouse.access.SetupLinks;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.Connections.IssuedToken;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What the holder of a setup link sees and does: the SCIM URL and the tokens of one connection, and
 * nothing else.
 */
@Component
public final class SetupDesk {

  private final SetupLinks links;
  private final Connections connections;
  private final ConnectionCaches connectionCaches;
  private final PublicLinks publicLinks;
  private final ConnectionViews connectionViews;
  private final AuditLog audit;

  SetupDesk(
      SetupLinks links,
      Connections connections,
      ConnectionCaches connectionCaches,
      PublicLinks publicLinks,
      ConnectionViews connectionViews,
      AuditLog audit) {
    this.links = links;
    this.connections = connections;
    this.connectionCaches = connectionCaches;
    this.publicLinks = publicLinks;
    this.connectionViews = connectionViews;
    this.audit = audit;
  }

  /**
   * The connection as the link shows it.
   *
   * @param called whether a call with one of its tokens has come
   */
  public record View(
      String name,
      String idp,
      String scimUrl,
      String webhookUrl,
      List<IssuedToken> tokens,
      boolean called,
      Instant expiresAt) {}

  /**
   * The connection of a link.
   *
   * @throws ProblemException 404 when it was removed
   */
  public View view(SetupLink link) {
    Connection connection = connection(link);
    if (links.opened(link.id())) {
      record(link, "setup-link.open");
    }
    return new View(
        connection.name(),
        connection.idp(),
        publicLinks.to("/scim/v2"),
        connectionViews.webhookUrl(connection),
        connections.liveTokens(connection.id()),
        links.called(connection.id()),
        link.expiresAt());
  }

  private Connection connection(SetupLink link) {
    return connections
        .connection(link.connection())
        .orElseThrow(() -> ProblemException.notFound("The connection was removed."));
  }

  /**
   * Makes a token, whose secret is shown this once.
   *
   * @throws ProblemException 409 when two are live
   */
  public String makeToken(SetupLink link) {
    BearerToken token = BearerToken.generate();
    if (connections.issue(connection(link).id(), token).isEmpty()) {
      throw ProblemException.conflict(
          "The connection has two live tokens; revoke the old one first.");
    }
    record(link, "token.create");
    return token.secret();
  }

  /**
   * Revokes a token.
   *
   * @throws ProblemException 404 when the connection has no such live token; 409 when it is the
   *     only one
   */
  public void revokeToken(SetupLink link, UUID token) {
    UUID connection = connection(link).id();
    if (!connections.revokeSpare(connection, token)) {
      throw connections.liveTokens(connection).stream().anyMatch(it -> it.id().equals(token))
          ? ProblemException.conflict("This is the only token; make a new one first.")
          : ProblemException.notFound("The connection has no such live token.");
    }
    connectionCaches.renew();
    record(link, "token.revoke");
  }

  private void record(SetupLink link, String action) {
    audit.append(
        new AuditLog.Act(link.tenant(), link.connection(), SetupLink.ACTOR, action),
        AccessRules.about("setup-link", link.id().toString()));
  }
}
