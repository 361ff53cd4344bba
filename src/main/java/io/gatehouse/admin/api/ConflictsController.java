package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.directory.LinkConflicts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /conflicts}: users that an IdP created or tried to create, and that were not linked to an
 * existing user because the match is ambiguous or not permitted.
 */
@RestController
@RequestMapping("/admin/api/v1/conflicts")
final class ConflictsController {

  private final TenantLookup tenantLookup;
  private final LinkConflicts conflicts;
  private final AuditLog audit;

  ConflictsController(TenantLookup tenantLookup, LinkConflicts conflicts, AuditLog audit) {
    this.tenantLookup = tenantLookup;
    this.conflicts = conflicts;
    this.audit = audit;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ConflictView(
      UUID id,
      UUID connection,
      String userName,
      List<UUID> candidates,
      String reason,
      @Nullable UUID chosen,
      Instant firstAt,
      Instant lastAt) {

    static ConflictView of(LinkConflicts.Open it) {
      return new ConflictView(
          it.id(),
          it.connection(),
          it.userName(),
          it.candidates(),
          it.reason(),
          it.chosen(),
          it.firstAt(),
          it.lastAt());
    }
  }

  record Choice(@Nullable UUID user) {}

  @GetMapping
  List<ConflictView> all(@RequestParam(required = false) @Nullable String tenant) {
    return conflicts.of(tenantLookup.given(tenant).id()).stream().map(ConflictView::of).toList();
  }

  /** Takes effect when the IdP sends the create request again and the userName is free then. */
  @PutMapping("/{id}/choice")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void choose(@PathVariable UUID id, @RequestBody Choice choice) {
    UUID tenant =
        Optional.ofNullable(choice.user())
            .flatMap(user -> conflicts.choose(id, user))
            .orElseThrow(
                () ->
                    ProblemException.badRequest(
                        "'user' must be one of the candidates of an open conflict."));
    audit.append(new AuditLog.Act(tenant, null, "conflict.choose"));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void dismiss(@PathVariable UUID id) {
    UUID tenant =
        conflicts
            .dismiss(id)
            .orElseThrow(() -> ProblemException.notFound("There is no such conflict."));
    audit.append(new AuditLog.Act(tenant, null, "conflict.dismiss"));
  }
}
