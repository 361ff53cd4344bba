package io.gatehouse.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.ConflictsController;
import io.gatehouse.admin.api.ConflictsController.Choice;
import io.gatehouse.admin.api.ConflictsController.ConflictView;
import io.gatehouse.admin.api.UserView;
import io.gatehouse.admin.api.UsersController;
import io.gatehouse.directory.ComparedAttributes;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Conflicts: a new user beside those who may be the same person. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/conflicts")
final class ConflictPages {

  private static final int SHOWN = 25;
  private static final int MAX_CANDIDATES = 10;

  private final TenantConnections tenantConnections;
  private final ConflictsController conflicts;
  private final UsersController users;

  ConflictPages(
      TenantConnections tenantConnections, ConflictsController conflicts, UsersController users) {
    this.tenantConnections = tenantConnections;
    this.conflicts = conflicts;
    this.users = users;
  }

  /**
   * A conflict as it is shown.
   *
   * @param candidates those who are still there
   * @param rows the attributes of the new user beside those of each candidate
   */
  record Shown(ConflictView conflict, List<UserView> candidates, List<Row> rows) {}

  /**
   * An attribute.
   *
   * @param sent of the new user; null when there is none, or when it was not stored
   * @param theirs of each candidate; empty when there is none
   */
  record Row(String attribute, @Nullable String sent, List<String> theirs) {

    /** Whether a candidate has another value than the new user. */
    public boolean differs(String value) {
      return sent != null && !sent.equalsIgnoreCase(value);
    }
  }

  @Requires(Role.VIEWER)
  @GetMapping
  String list(
      @PathVariable String tenant, @RequestParam(defaultValue = "0") int from, Model model) {
    model.addAttribute("connections", tenantConnections.names(tenant));
    List<ConflictView> all = conflicts.all(tenant);
    int begin = Math.max(0, Math.min(from, all.size()));
    int end = Math.min(all.size(), begin + SHOWN);
    model.addAttribute("conflicts", all.subList(begin, end).stream().map(this::shown).toList());
    model.addAttribute("next", end < all.size() ? end : null);
    return "portal/conflicts";
  }

  private Shown shown(ConflictView conflict) {
    List<UserView> candidates = new ArrayList<>();
    conflict.candidates().stream()
        .limit(MAX_CANDIDATES)
        .map(this::user)
        .forEach(
            it -> {
              if (it != null) {
                candidates.add(it);
              }
            });
    return new Shown(conflict, candidates, rows(sent(conflict), candidates));
  }

  /** What the IdP sent, or the user who came of it; else only the userName is known. */
  private ObjectNode sent(ConflictView conflict) {
    if (conflict.sent() != null) {
      return Json.MAPPER.valueToTree(conflict.sent());
    }
    UserView newcomer = conflict.newcomer() == null ? null : user(conflict.newcomer());
    return newcomer == null
        ? Json.object().put("userName", conflict.userName())
        : compared(newcomer);
  }

  private static ObjectNode compared(UserView user) {
    return ComparedAttributes.of(Json.MAPPER.valueToTree(user.user()));
  }

  private static List<Row> rows(ObjectNode sent, List<UserView> candidates) {
    List<ObjectNode> theirs = candidates.stream().map(ConflictPages::compared).toList();
    return Stream.concat(Stream.of(sent), theirs.stream())
        .flatMap(it -> it.properties().stream().map(Map.Entry::getKey))
        .distinct()
        .map(
            name ->
                new Row(
                    name,
                    Json.text(sent, name),
                    theirs.stream().map(it -> it.path(name).asText("")).toList()))
        .toList();
  }

  private @Nullable UserView user(UUID id) {
    try {
      return users.one(id);
    } catch (ErrorResponseException e) {
      return null;
    }
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/{id}/choose")
  String choose(
      @PathVariable String tenant,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable UUID user,
      @RequestParam(required = false) @Nullable UUID instead) {
    tenantConnections.of(tenant);
    conflicts.choose(id, new Choice(user, instead));
    return Redirects.to(address(tenant), Done.CONFLICT_DECIDED);
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/{id}/dismiss")
  String dismiss(@PathVariable String tenant, @PathVariable UUID id) {
    tenantConnections.of(tenant);
    conflicts.dismiss(id);
    return Redirects.to(address(tenant), Done.CONFLICT_DISMISSED);
  }

  private static String address(String tenant) {
    return "/admin/tenants/" + tenant + "/conflicts";
  }
}
