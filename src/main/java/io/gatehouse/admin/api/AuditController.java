package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.AuditTrail.Entry;
import io.gatehouse.audit.AuditTrail.Filter;
import io.gatehouse.audit.AuditTrail.Outcome;
import io.gatehouse.audit.AuditTrail.Search;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /audit} of one tenant or of the gateway; the latest entry first. */
@RestController
@RequestMapping("/admin/api/v1")
public final class AuditController {

  private final AuditTrail trail;
  private final TenantLookup tenantLookup;

  AuditController(AuditTrail trail, TenantLookup tenantLookup) {
    this.trail = trail;
    this.tenantLookup = tenantLookup;
  }

  /** A page; it may have few entries, or none, although there is a next one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<AuditView> entries, @Nullable String next) {}

  /**
   * Parameters of a search.
   *
   * @param actor for example {@code admin:ada}, or {@code admin} for all administrators
   * @param from the earliest time
   * @param until the first time that is too late
   * @param outcome {@code done}, {@code refused} or {@code failed}
   */
  public record Wanted(
      @Nullable String tenant,
      @Nullable UUID connection,
      @Nullable UUID resource,
      @Nullable String actor,
      @Nullable String action,
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable String outcome,
      @Nullable String cursor,
      @Nullable Integer count) {

    /** All entries of a tenant. */
    public static Wanted of(@Nullable String tenant) {
      return new Wanted(tenant, null, null, null, null, null, null, null, null, null);
    }

    /** The search in a tenant, or among the entries of none. */
    Search search(@Nullable UUID tenantId, @Nullable UUID user) {
      return new Search(
          tenantId,
          user == null ? resource : user,
          connection,
          PageRequest.text("action", action),
          new Filter(PageRequest.text("actor", actor), from, until, statuses()),
          PageRequest.before(cursor),
          PageRequest.count(count));
    }

    private @Nullable Outcome statuses() {
      String word = PageRequest.text("outcome", outcome);
      if (word == null) {
        return null;
      }
      return Arrays.stream(Outcome.values())
          .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  ProblemException.badRequest("'outcome' must be 'done', 'refused' or 'failed'."));
    }
  }

  @Requires(Role.AUDITOR)
  @GetMapping("/audit")
  public Page audit(Wanted wanted) {
    UUID tenant = tenantLookup.given(wanted.tenant()).id();
    return page(wanted.search(tenant, null), AuditView::withoutValues);
  }

  /** Entries that belong to no tenant, such as wrong admin tokens. */
  @Requires(Role.AUDITOR)
  @GetMapping("/audit/gateway")
  public Page gateway(Wanted wanted) {
    tenantLookup.requireAllTenants();
    return page(wanted.search(null, null), AuditView::withoutValues);
  }

  private Page page(Search search, Function<Entry, AuditView> view) {
    AuditTrail.Page found = trail.find(search);
    Long next = found.next();
    return new Page(
        found.entries().stream().map(view).toList(), next == null ? null : next.toString());
  }
}
