package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.AuditTrail.Entry;
import io.gatehouse.audit.AuditTrail.Search;
import java.util.List;
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

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<AuditView> entries, @Nullable String next) {}

  /** Parameters of a search. */
  public record Wanted(
      @Nullable String tenant,
      @Nullable UUID connection,
      @Nullable String action,
      @Nullable String cursor,
      @Nullable Integer count) {}

  @Requires(Role.AUDITOR)
  @GetMapping("/audit")
  public Page audit(Wanted wanted) {
    UUID tenant = tenantLookup.given(wanted.tenant()).id();
    return page(tenant, wanted, AuditView::withoutValues);
  }

  /** Entries that belong to no tenant, such as wrong admin tokens. */
  @Requires(Role.AUDITOR)
  @GetMapping("/audit/gateway")
  public Page gateway(Wanted wanted) {
    tenantLookup.requireAllTenants();
    return page(null, wanted, AuditView::withoutValues);
  }

  private Page page(@Nullable UUID tenant, Wanted wanted, Function<Entry, AuditView> view) {
    int count = PageRequest.count(wanted.count());
    List<AuditView> found =
        trail
            .entries(
                new Search(
                    tenant,
                    null,
                    wanted.connection(),
                    PageRequest.text("action", wanted.action()),
                    PageRequest.before(wanted.cursor()),
                    count + 1))
            .stream()
            .map(view)
            .toList();
    return new Page(PageRequest.shown(found, count), PageRequest.next(found, count, AuditView::id));
  }
}
