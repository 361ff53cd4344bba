package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.directory.LinkConflicts;
import io.gatehouse.security.CurrentAdministrator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  /**
   * A conflict.
   *
   * @param sent the attributes that the IdP sent of the new user by which a person is recognised,
   *     path to text; absent when the user was created
   * @param newcomer the new user, when created nevertheless
   * @param chosen the candidate who will be linked; absent before a decision
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ConflictView(
      UUID id,
      UUID connection,
      String userName,
      @Nullable Map<String, Object> sent,
      @Nullable UUID newcomer,
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
          it.sent().isEmpty() ? null : JsonMaps.map(it.sent()),
          it.newcomer(),
          it.candidates(),
          it.reason(),
          it.chosen(),
          it.firstAt(),
          it.lastAt());
    }
  }

  /**
   * A decision.
   *
   * @param user one of the candidates
   * @param instead the user who was chosen before, when a decision is changed
   */
  public record Choice(@Nullable UUID user, @Nullable UUID instead) {}

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
    LinkConflicts.Open conflict = visible(id);
    UUID user = choice.user();
    if (user == null || !conflict.candidates().contains(user)) {
      throw ProblemException.badRequest("'user' must be one of the candidates of the conflict.");
    }
    if (!conflicts.choose(id, user, choice.instead())) {
      throw refusal(visible(id), user);
    }
    log(conflict, "conflict.choose", user);
  }

  private static ProblemException refusal(LinkConflicts.Open now, UUID user) {
    return now.chosen() == null || now.chosen().equals(user)
        ? ProblemException.badRequest("Another connection controls this user, or it was erased.")
        : ProblemException.conflict(
            "It was decided meanwhile that it is the user "
                + now.chosen()
                + ". To change that, name this user as 'instead'.");
  }

  @Requires(Role.OPERATOR)
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void dismiss(@PathVariable UUID id) {
    LinkConflicts.Open conflict = visible(id);
    if (!conflicts.dismiss(id)) {
      throw none();
    }
    log(conflict, "conflict.dismiss", null);
  }

  private LinkConflicts.Open visible(UUID id) {
    return conflicts
        .one(id)
        .filter(it -> CurrentAdministrator.get().isOf(it.tenant()))
        .orElseThrow(ConflictsController::none);
  }

  private static ProblemException none() {
    return ProblemException.notFound("There is no such conflict.");
  }

  private void log(LinkConflicts.Open conflict, String action, @Nullable UUID user) {
    ObjectNode detail = AccessRules.about("conflict", conflict.id().toString());
    if (user != null) {
      ((ObjectNode) detail.get("about")).put("user", user.toString());
    }
    acts.append(conflict.tenant(), conflict.connection(), action, detail);
  }
}
