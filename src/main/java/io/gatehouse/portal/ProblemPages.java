package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.ParkedController;
import io.gatehouse.admin.api.ParkedController.Decision;
import io.gatehouse.admin.api.ParkedController.ParkedView;
import io.gatehouse.admin.api.RefusalsController;
import io.gatehouse.admin.explain.PreviewController;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Parked commands and refused requests, by their causes. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/problems")
final class ProblemPages {

  /** As many as the API lists. */
  private static final int MOST = 1000;

  private final TenantConnections tenantConnections;
  private final ParkedController parked;
  private final RefusalsController refusals;
  private final PreviewController previews;

  ProblemPages(
      TenantConnections tenantConnections,
      ParkedController parked,
      RefusalsController refusals,
      PreviewController previews) {
    this.tenantConnections = tenantConnections;
    this.parked = parked;
    this.refusals = refusals;
    this.previews = previews;
  }

  @Requires(Role.VIEWER)
  @GetMapping
  String list(@PathVariable String tenant, Model model) {
    Map<String, List<ParkedView>> byCause = new TreeMap<>();
    model.addAttribute("connections", tenantConnections.names(tenant));
    List<ParkedView> all = parked.all(tenant);
    model.addAttribute("most", all.size() >= MOST);
    all.forEach(it -> byCause.computeIfAbsent(it.cause(), cause -> new ArrayList<>()).add(it));
    model.addAttribute("causes", byCause);
    model.addAttribute("refusals", refusals.all(tenant));
    return "portal/problems";
  }

  /** What a replay would do, with the forms for the decision. */
  @Requires(Role.OPERATOR)
  @GetMapping("/{key}")
  String preview(@PathVariable String tenant, @PathVariable UUID key, Model model) {
    ParkedView view = known(tenant, key);
    model.addAttribute("parked", view);
    model.addAttribute("connections", tenantConnections.names(tenant));
    model.addAttribute("commands", previews.preview(key, view.outdated()));
    return "portal/problem";
  }

  private ParkedView known(String tenant, UUID key) {
    ParkedView view = parked.one(key);
    if (!view.tenant().equals(tenant)) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "No command is parked under " + key + ".");
    }
    return view;
  }

  @Requires(Role.OPERATOR)
  @ConfirmsPassword
  @PostMapping("/{key}/replay")
  String replay(
      @PathVariable String tenant,
      @PathVariable UUID key,
      @RequestParam(defaultValue = "false") boolean confirm,
      @RequestParam(required = false) @Nullable String reason) {
    known(tenant, key);
    parked.replay(key, confirm, new Decision(reason));
    return Redirects.to(address(tenant), Done.REPLAYED);
  }

  @Requires(Role.OPERATOR)
  @ConfirmsPassword
  @PostMapping("/{key}/discard")
  String discard(@PathVariable String tenant, @PathVariable UUID key, @RequestParam String reason) {
    known(tenant, key);
    parked.discard(key, new Decision(reason));
    return Redirects.to(address(tenant), Done.DISCARDED);
  }

  private static String address(String tenant) {
    return "/admin/tenants/" + tenant + "/problems";
  }
}
