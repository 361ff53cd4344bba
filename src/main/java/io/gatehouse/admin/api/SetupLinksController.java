package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.access.SetupLink;
import io.gatehouse.access.SetupLinks;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /connections/{id}/setup-links}: links with which a customer sets up a connection. */
@RestController
@RequestMapping("/admin/api/v1/connections/{id}/setup-links")
public final class SetupLinksController {

  private final SetupLinks links;
  private final TenantLookup tenantLookup;
  private final PublicLinks publicLinks;
  private final ActRecorder acts;
  private final Clock clock;

  SetupLinksController(
      SetupLinks links,
      TenantLookup tenantLookup,
      PublicLinks publicLinks,
      ActRecorder acts,
      Clock clock) {
    this.links = links;
    this.tenantLookup = tenantLookup;
    this.publicLinks = publicLinks;
    this.acts = acts;
    this.clock = clock;
  }

  /**
   * A link that is wanted.
   *
   * @param hours for which it opens, 1 to 168
   */
  public record NewLink(@Nullable Integer hours) {}

  /**
   * The answer to a creation.
   *
   * @param url shown this once
   */
  public record NewLinkView(UUID id, String url, Instant expiresAt) {}

  /**
   * A link as it is listed.
   *
   * @param state {@code live}, {@code expired} or {@code revoked}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LinkView(
      UUID id,
      String createdBy,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant openedAt,
      String state) {}

  @Requires(Role.ADMIN)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public NewLinkView add(@PathVariable UUID id, @RequestBody NewLink wanted) {
    Connection connection = tenantLookup.connection(id);
    long longest = SetupLink.LONGEST.toHours();
    if (wanted.hours() == null || wanted.hours() < 1 || wanted.hours() > longest) {
      throw ProblemException.badRequest("'hours' must be 1 to " + longest + ".");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    BearerToken token = BearerToken.generate();
    SetupLink link =
        new SetupLink(
            UUID.randomUUID(),
            connection.tenant(),
            id,
            CurrentAdministrator.get().actor(),
            now,
            now.plus(Duration.ofHours(wanted.hours())),
            null,
            null);
    links.add(link, token);
    log(connection, "create", link.id());
    return new NewLinkView(
        link.id(), publicLinks.to("/admin/setup/" + token.secret()), link.expiresAt());
  }

  /** At most 100, the newest first. */
  @Requires(Role.VIEWER)
  @GetMapping
  public List<LinkView> all(@PathVariable UUID id) {
    return links.of(tenantLookup.connection(id).id()).stream().map(this::view).toList();
  }

  private LinkView view(SetupLink it) {
    boolean expired = !it.expiresAt().isAfter(clock.instant());
    return new LinkView(
        it.id(),
        it.createdBy(),
        it.createdAt(),
        it.expiresAt(),
        it.openedAt(),
        it.revokedAt() != null ? "revoked" : expired ? "expired" : "live");
  }

  @Requires(Role.ADMIN)
  @DeleteMapping("/{link}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void revoke(@PathVariable UUID id, @PathVariable UUID link) {
    Connection connection = tenantLookup.connection(id);
    if (!links.revoke(id, link)) {
      throw ProblemException.notFound("The connection has no such link to revoke.");
    }
    log(connection, "revoke", link);
  }

  private void log(Connection connection, String act, UUID link) {
    acts.append(
        connection.tenant(),
        connection.id(),
        "setup-link." + act,
        AccessRules.about("setup-link", link.toString()));
  }
}
