package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.api.TimelineController;
import io.gatehouse.admin.api.UserLifecycleController;
import io.gatehouse.admin.api.UserView;
import io.gatehouse.admin.api.UsersController;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One user: facts, attributes, timeline, and what an administrator may do. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/users/{id}")
final class UserPages {

  private static final int ENTRIES = 20;

  private final UsersController usersController;
  private final UserLifecycleController lifecycleController;
  private final TimelineController timelineController;
  private final ConnectionNames connectionNames;
  private final Map<String, Act> acts;

  UserPages(
      UsersController usersController,
      UserLifecycleController lifecycleController,
      TimelineController timelineController,
      ConnectionNames connectionNames) {
    this.usersController = usersController;
    this.lifecycleController = lifecycleController;
    this.timelineController = timelineController;
    this.connectionNames = connectionNames;
    this.acts =
        Map.of(
            "enrol", new Act(lifecycleController::enrol, Done.ENROLLED),
            "restore", new Act(lifecycleController::restore, Done.RESTORED),
            "release", new Act(lifecycleController::release, Done.RELEASED),
            "hold", new Act(lifecycleController::hold, Done.HELD),
            "lift-hold", new Act(lifecycleController::liftHold, Done.HOLD_LIFTED));
  }

  /** An act on a user, and what the page says then. */
  private record Act(Consumer<UUID> act, Done done) {}

  /** What part of the timeline is shown. */
  record Part(@Nullable Boolean failures, @Nullable String cursor) {}

  @Requires(Role.VIEWER)
  @GetMapping
  String user(@PathVariable String tenant, @PathVariable UUID id, Part part, Model model) {
    UserView user = of(tenant, id);
    TimelineController.Page page =
        timelineController.ofUser(
            id, new TimelineController.Wanted(part.failures(), part.cursor(), ENTRIES));
    boolean failures = Boolean.TRUE.equals(part.failures());
    String path = path(tenant, id);
    model.addAttribute("user", user);
    model.addAttribute(
        "origins", user.erasedAt() == null ? timelineController.origins(id).origins() : List.of());
    model.addAttribute("connections", connectionNames.of(tenant));
    model.addAttribute("entries", page.entries());
    model.addAttribute("failures", failures);
    model.addAttribute(
        "older",
        new PageLink(path)
            .with("failures", failures ? true : null)
            .with("cursor", page.next())
            .orNullWithout("cursor"));
    model.addAttribute("path", path);
    return "portal/user";
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/{act:enrol|restore|release|hold|lift-hold}")
  String act(
      @PathVariable String tenant,
      @PathVariable UUID id,
      @PathVariable String act,
      @RequestParam(required = false) @Nullable String next) {
    of(tenant, id);
    Act wanted = Objects.requireNonNull(acts.get(act));
    wanted.act().accept(id);
    return Redirects.to(next == null ? path(tenant, id) : Redirects.within(next), wanted.done());
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/remove")
  String remove(@PathVariable String tenant, @PathVariable UUID id) {
    of(tenant, id);
    lifecycleController.remove(id);
    return Redirects.to(path(tenant, id), Done.USER_REMOVED);
  }

  /** Asks whether this is the user who is meant. */
  @Requires(Role.ADMIN)
  @GetMapping("/erase")
  String askErase(@PathVariable String tenant, @PathVariable UUID id, Model model) {
    model.addAttribute("user", of(tenant, id));
    model.addAttribute("path", path(tenant, id));
    return "portal/erase";
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/erase")
  String erase(@PathVariable String tenant, @PathVariable UUID id) {
    of(tenant, id);
    lifecycleController.erase(id);
    return Redirects.to(path(tenant, id), Done.ERASED);
  }

  private UserView of(String tenant, UUID id) {
    UserView user = usersController.one(id);
    if (!user.tenant().equals(tenant)) {
      throw ProblemException.notFound("The tenant has no user " + id + ".");
    }
    return user;
  }

  private static String path(String tenant, UUID id) {
    return "/admin/tenants/" + tenant + "/users/" + id;
  }
}
