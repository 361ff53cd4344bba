package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Administrator;
import io.gatehouse.access.ApiToken;
import io.gatehouse.access.ApiTokens;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.security.ApiTokenCache;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.BearerToken;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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

/**
 * {@code /access/tokens}: tokens of the admin API. An administrator of some tenants makes, sees and
 * revokes tokens for those only.
 */
@RestController
@RequestMapping("/admin/api/v1/access/tokens")
public final class ApiTokensController {

  private final ApiTokens tokens;
  private final ApiTokenCache cache;
  private final TenantScopes scopes;
  private final ActRecorder acts;
  private final Clock clock;

  ApiTokensController(
      ApiTokens tokens, ApiTokenCache cache, TenantScopes scopes, ActRecorder acts, Clock clock) {
    this.tokens = tokens;
    this.cache = cache;
    this.scopes = scopes;
    this.acts = acts;
    this.clock = clock;
  }

  /**
   * A token that is wanted.
   *
   * @param tenants slugs; all tenants when absent
   * @param expiresAt at most a year from now
   */
  public record NewToken(
      @Nullable String name,
      @Nullable String role,
      @Nullable List<String> tenants,
      @Nullable Instant expiresAt) {}

  /**
   * The answer to a creation.
   *
   * @param token the secret, which is shown this once
   */
  public record NewTokenView(UUID id, String name, Instant expiresAt, String token) {}

  /**
   * A token as it is listed.
   *
   * @param tenants slugs; all tenants when absent
   * @param state {@code live}, {@code expired}, {@code revoked}, or {@code suspended} while it
   *     grants more than the administrator who made it may do now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ApiTokenView(
      UUID id,
      String name,
      String prefix,
      String role,
      @Nullable List<String> tenants,
      String createdBy,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant usedAt,
      String state) {}

  @Requires(Role.ADMIN)
  @GetMapping
  public List<ApiTokenView> all() {
    return tokens.all().stream()
        .filter(it -> TenantScopes.covers(it.tenants()))
        .map(this::view)
        .toList();
  }

  private ApiTokenView view(ApiToken it) {
    return new ApiTokenView(
        it.id(),
        it.name(),
        it.prefix(),
        it.role().word(),
        scopes.slugs(it.tenants()),
        it.maker().actor(),
        it.createdAt(),
        it.expiresAt(),
        it.usedAt(),
        state(it));
  }

  private String state(ApiToken it) {
    if (it.revokedAt() != null) {
      return "revoked";
    }
    if (!it.expiresAt().isAfter(clock.instant())) {
      return "expired";
    }
    return it.suspended() ? "suspended" : "live";
  }

  /**
   * A token grants no more than the administrator who makes it has, now and later; one that a token
   * makes ends with that token at the latest.
   */
  @Requires(Role.ADMIN)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public NewTokenView add(@RequestBody NewToken wanted) {
    BearerToken secret = BearerToken.generate();
    ApiToken token = token(wanted, secret, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    if (!tokens.add(token, secret)) {
      throw ProblemException.conflict("There is a live token '" + token.name() + "' already.");
    }
    record(token);
    return new NewTokenView(token.id(), token.name(), token.expiresAt(), secret.secret());
  }

  private ApiToken token(NewToken wanted, BearerToken secret, Instant now) {
    Administrator maker = CurrentAdministrator.get();
    String name = AccessRules.tokenName(wanted.name());
    Role role = AccessRules.role(wanted.role());
    if (!maker.role().includes(role)) {
      throw ProblemException.forbidden(
          "A token may do no more than the administrator who makes it.");
    }
    Optional<ApiToken> parent = maker.id() == null ? Optional.empty() : tokens.find(maker.id());
    return new ApiToken(
        UUID.randomUUID(),
        name,
        secret.prefix(),
        role,
        scopes.ids(wanted.tenants()),
        maker(maker, parent),
        now,
        end(wanted.expiresAt(), now, parent),
        null,
        null,
        false);
  }

  private static ApiToken.Maker maker(Administrator maker, Optional<ApiToken> parent) {
    return parent
        .map(it -> new ApiToken.Maker(maker.actor(), it.maker().account(), it.id()))
        .orElseGet(() -> new ApiToken.Maker(maker.actor(), maker.id(), null));
  }

  private void record(ApiToken it) {
    acts.append(
        null,
        null,
        "api-token.create",
        AccessRules.about("token", it.name(), it.role(), scopes.slugs(it.tenants())));
  }

  private static Instant end(@Nullable Instant wanted, Instant now, Optional<ApiToken> parent) {
    if (wanted == null || !wanted.isAfter(now) || wanted.isAfter(now.plus(ApiToken.LONGEST))) {
      throw ProblemException.badRequest(
          "'expiresAt' must be a time like 2027-01-31T00:00:00Z, at most a year from now.");
    }
    Instant end = wanted.truncatedTo(ChronoUnit.MILLIS);
    if (parent.filter(it -> end.isAfter(it.expiresAt())).isPresent()) {
      throw ProblemException.badRequest(
          "'expiresAt' must not be after the end of the token that makes it, %s."
              .formatted(parent.get().expiresAt()));
    }
    return end;
  }

  /**
   * It is refused at once here, and within five seconds on other instances, together with the
   * tokens that were made with it.
   */
  @Requires(Role.ADMIN)
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void revoke(@PathVariable UUID id) {
    List<ApiToken> revoked =
        tokens
            .find(id)
            .filter(it -> TenantScopes.covers(it.tenants()))
            .map(it -> tokens.revoke(it.id()))
            .filter(it -> !it.isEmpty())
            .orElseThrow(
                () -> ProblemException.notFound("There is no token " + id + " to revoke."));
    cache.clear();
    revoked.forEach(
        it -> acts.append(null, null, "api-token.revoke", AccessRules.about("token", it.name())));
  }
}
