package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.directory.LinkConflicts;
import io.gatehouse.security.CurrentAdministrator;
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
public final class ConflictsController {

  private final TenantLookup tenantLookup;
  private final LinkConflicts conflicts;
  private final ActRecorder acts;

  ConflictsController(TenantLookup tenantLookup, LinkConflicts conflicts, ActRecorder acts) {
    this.tenantLookup = tenantLookup;
    this.conflicts = conflicts;
    this.acts = acts;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ConflictView(
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

  public record Choice(@Nullable UUID user) {}

  @Requires(Role.VIEWER)
  @GetMapping
  public List<ConflictView> all(@RequestParam(required = false) @Nullable String tenant) {
    return conflicts.of(tenantLookup.given(tenant).id()).stream().map(ConflictView::of).toList();
  }

  /** Takes effect when the IdP sends the create request again and the userName is free then. */
  @Requires(Role.OPERATOR)
  @PutMapping("/{id}/choice")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void choose(@PathVariable UUID id, @RequestBody Choice choice) {
    requireVisible(id);
    UUID tenant =
        Optional.ofNullable(choice.user())
            .flatMap(user -> conflicts.choose(id, user))
            .orElseThrow(
                () ->
                    ProblemException.badRequest(
                        "'user' must be one of the candidates of an open conflict."));
    acts.append(tenant, null, "conflict.choose");
  }

  @Requires(Role.OPERATOR)
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void dismiss(@PathVariable UUID id) {
    requireVisible(id);
    UUID tenant =
        conflicts
            .dismiss(id)
            .orElseThrow(() -> ProblemException.notFound("There is no such conflict."));
    acts.append(tenant, null, "conflict.dismiss");
  }

  private void requireVisible(UUID id) {
    if (conflicts.tenant(id).filter(it -> !CurrentAdministrator.get().isOf(it)).isPresent()) {
      throw ProblemException.notFound("There is no such conflict.");
    }
  }
}
