package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.EndpointDeliveriesController;
import io.gatehouse.admin.api.EndpointDeliveriesController.Resend;
import io.gatehouse.admin.api.EndpointDeliveriesController.Wanted;
import io.gatehouse.admin.api.EndpointSecretsController;
import io.gatehouse.admin.api.EndpointTestController;
import io.gatehouse.admin.api.EndpointsController;
import io.gatehouse.admin.api.ProblemException;
import java.time.Instant;
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

/** One endpoint: its state, the attempts to reach it, and its signing secrets. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/subscribers/endpoints/{name}")
final class EndpointPages {

  private final EndpointsController endpoints;
  private final EndpointDeliveriesController deliveries;
  private final EndpointSecretsController secrets;
  private final EndpointTestController tests;

  EndpointPages(
      EndpointsController endpoints,
      EndpointDeliveriesController deliveries,
      EndpointSecretsController secrets,
      EndpointTestController tests) {
    this.tests = tests;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.secrets = secrets;
  }

  @Requires(Role.VIEWER)
  @GetMapping
  String one(
      @PathVariable String tenant,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    model.addAttribute("it", endpoints.one(tenant, name));
    model.addAttribute("attempts", deliveries.attempts(tenant, name, new Wanted(cursor, null)));
    return "portal/endpoint";
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/enable")
  String enable(@PathVariable String tenant, @PathVariable String name) {
    deliveries.enable(tenant, name);
    return Redirects.to(at(tenant, name), Done.ENABLED);
  }

  /** Shows the result on the page itself, because it is stored nowhere. */
  @Requires(Role.OPERATOR)
  @PostMapping("/test")
  String test(@PathVariable String tenant, @PathVariable String name, Model model) {
    model.addAttribute("tested", tests.test(tenant, name));
    return one(tenant, name, null, model);
  }

  /** One event, or all since a sequence or a time. */
  @Requires(Role.OPERATOR)
  @ConfirmsPassword
  @PostMapping("/resend")
  String resend(
      @PathVariable String tenant,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable UUID event,
      @RequestParam(required = false) @Nullable String sequence,
      @RequestParam(required = false) @Nullable String time) {
    Long from = FormText.sequence(sequence);
    Instant since = FormText.time(time);
    if (from != null && since != null) {
      throw ProblemException.badRequest("Give either a sequence or a time, not both.");
    }
    deliveries.resend(tenant, name, new Resend(event, from == null ? since : from));
    return Redirects.to(at(tenant, name), Done.RESENT);
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/secret")
  String rotate(@PathVariable String tenant, @PathVariable String name, Model model) {
    return Secret.show(
        model,
        new Secret(
            "A new signing secret for the endpoint " + name,
            at(tenant, name),
            List.of(new Secret.Value("Signing secret", secrets.rotate(tenant, name).secret()))));
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/secret/remove")
  String removeSecret(
      @PathVariable String tenant, @PathVariable String name, @RequestParam UUID id) {
    secrets.remove(tenant, name, id);
    return Redirects.to(at(tenant, name), Done.REMOVED);
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/remove")
  String remove(@PathVariable String tenant, @PathVariable String name) {
    endpoints.remove(tenant, name);
    return Redirects.to("/admin/tenants/" + tenant + "/subscribers", Done.REMOVED);
  }

  private static String at(String tenant, String name) {
    return "/admin/tenants/" + tenant + "/subscribers/endpoints/" + name;
  }
}
