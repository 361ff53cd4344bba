package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.audit.AuditReport;
import io.gatehouse.audit.AuditVerification;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /audit/verify}: whether the audit log is as the gateway has written it. */
@RestController
@RequestMapping("/admin/api/v1/audit/verify")
public final class AuditVerificationController {

  private final AuditVerification verification;
  private final TenantLookup tenantLookup;
  private final Semaphore running = new Semaphore(1);

  AuditVerificationController(AuditVerification verification, TenantLookup tenantLookup) {
    this.verification = verification;
    this.tenantLookup = tenantLookup;
  }

  private AuditReport verified(@Nullable UUID tenant) {
    if (!running.tryAcquire()) {
      throw ProblemException.unavailable(
          "The audit log is being verified already; try again when that has ended.");
    }
    try {
      return verification.verify(tenant);
    } finally {
      running.release();
    }
  }

  /**
   * The result.
   *
   * @param checked number of entries in the chain that were checked
   * @param from position of the first one; 0 when there is none
   * @param to position of the last one
   * @param waiting number of entries that get their place in the chain within the next seconds
   * @param problems the first 100
   */
  public record VerificationView(
      boolean ok, long checked, long from, long to, long waiting, List<ProblemView> problems) {}

  /**
   * A row that is not as it was.
   *
   * @param kind {@code altered}, {@code removed}, {@code inserted} or {@code reordered}
   * @param id of the entry, where it is known
   * @param sequence position in the chain
   * @param at time of the entry, where it is known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ProblemView(
      String kind,
      @Nullable Long id,
      @Nullable Long sequence,
      @Nullable Instant at,
      String explanation) {

    static ProblemView of(AuditReport.Problem it) {
      return new ProblemView(it.kind().word(), it.id(), it.sequence(), it.at(), it.explanation());
    }
  }

  /**
   * Verifies the entries of a tenant; without one, the entries that belong to no tenant. It reads
   * all of them, so that one verification runs at a time.
   *
   * @throws ProblemException 503 while another one runs on this instance
   */
  @Requires(Role.AUDITOR)
  @GetMapping
  public VerificationView verify(@RequestParam(required = false) @Nullable String tenant) {
    UUID id = null;
    if (tenant == null) {
      tenantLookup.requireAllTenants();
    } else {
      id = tenantLookup.given(tenant).id();
    }
    AuditReport report = verified(id);
    return new VerificationView(
        report.ok(),
        report.checked(),
        report.last() == 0 ? 0 : 1,
        report.last(),
        report.waiting(),
        report.problems().stream().map(ProblemView::of).toList());
  }
}
