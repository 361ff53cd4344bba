package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.DeadLettersController;
import io.gatehouse.admin.api.DeadLettersController.CountView;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.api.ReplayController;
import io.gatehouse.admin.api.ReplayController.Replay;
import io.gatehouse.admin.api.SubscriptionsController;
import io.gatehouse.admin.api.SubscriptionsController.NewPasswordView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One queue: its state, its dead letters, bootstrap and replay. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/subscribers/queues/{name}")
final class QueuePages {

  private final SubscriptionsController subscriptions;
  private final DeadLettersController deadLetters;
  private final ReplayController replays;

  QueuePages(
      SubscriptionsController subscriptions,
      DeadLettersController deadLetters,
      ReplayController replays) {
    this.subscriptions = subscriptions;
    this.deadLetters = deadLetters;
    this.replays = replays;
  }

  @Requires(Role.VIEWER)
  @GetMapping
  String one(@PathVariable String tenant, @PathVariable String name, Model model) {
    model.addAttribute("it", subscriptions.one(tenant, name));
    model.addAttribute("dead", deadLetters.oldest(tenant, name, null));
    return progress(tenant, name, "portal/queue", model);
  }

  /** The part of the page that asks for itself while something runs. */
  @Requires(Role.VIEWER)
  @GetMapping("/progress")
  String progress(@PathVariable String tenant, @PathVariable String name, Model model) {
    return progress(tenant, name, "portal/catch-ups", model);
  }

  private String progress(String tenant, String name, String view, Model model) {
    model.addAttribute("catchUps", replays.progress(tenant, name).catchUps());
    model.addAttribute("progress", at(tenant, name) + "/progress");
    return view;
  }

  @Requires(Role.OPERATOR)
  @ConfirmsPassword
  @PostMapping("/bootstrap")
  String bootstrap(@PathVariable String tenant, @PathVariable String name) {
    replays.bootstrap(tenant, name);
    return Redirects.to(at(tenant, name), Done.BOOTSTRAP);
  }

  /** All given criteria apply. */
  @Requires(Role.OPERATOR)
  @ConfirmsPassword
  @PostMapping("/replay")
  String replay(
      @PathVariable String tenant,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String sequence,
      @RequestParam(required = false) @Nullable String time,
      @RequestParam(required = false) @Nullable String resource) {
    replays.replay(
        tenant,
        name,
        new Replay(FormText.sequence(sequence), FormText.time(time), FormText.id(resource)));
    return Redirects.to(at(tenant, name), Done.REPLAY);
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/dead-letters/resend")
  String resend(
      @PathVariable String tenant,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable UUID event) {
    requireSome(deadLetters.resend(tenant, name, event));
    return Redirects.to(at(tenant, name), Done.RESENT);
  }

  @Requires(Role.OPERATOR)
  @ConfirmsPassword
  @PostMapping("/dead-letters/discard")
  String discard(
      @PathVariable String tenant,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable UUID event) {
    requireSome(deadLetters.discard(tenant, name, event));
    return Redirects.to(at(tenant, name), Done.DISCARDED);
  }

  private static void requireSome(CountView acted) {
    if (acted.count() == 0) {
      throw ProblemException.notFound(
          "There is no such dead letter any more, so nothing was done. Open the page of the queue again.");
    }
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/password")
  String rotate(@PathVariable String tenant, @PathVariable String name, Model model) {
    NewPasswordView fresh = subscriptions.rotate(tenant, name);
    return Secret.show(
        model,
        new Secret(
            "A new password for the queue " + name,
            at(tenant, name),
            List.of(
                new Secret.Value("User name", fresh.username()),
                new Secret.Value("Password", fresh.password()))));
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/remove")
  String remove(@PathVariable String tenant, @PathVariable String name) {
    subscriptions.remove(tenant, name);
    return Redirects.to("/admin/tenants/" + tenant + "/subscribers", Done.REMOVED);
  }

  private static String at(String tenant, String name) {
    return "/admin/tenants/" + tenant + "/subscribers/queues/" + name;
  }
}
