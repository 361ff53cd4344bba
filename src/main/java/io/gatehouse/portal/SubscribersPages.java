package io.gatehouse.portal;

import io.gatehouse.access.ConfirmsPassword;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.EndpointsController;
import io.gatehouse.admin.api.EndpointsController.NewEndpoint;
import io.gatehouse.admin.api.EndpointsController.NewEndpointView;
import io.gatehouse.admin.api.SubscriptionsController;
import io.gatehouse.admin.api.SubscriptionsController.NewSubscription;
import io.gatehouse.admin.api.SubscriptionsController.NewSubscriptionView;
import io.gatehouse.admin.api.TenantLookup;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The queues and endpoints of a tenant, and the forms for new ones. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/subscribers")
final class SubscribersPages {

  private static final String PAGE = "portal/subscribers";

  /** The types that a form offers. */
  private static final List<String> TYPES = List.of("gatehouse.user.*", "gatehouse.group.*");

  private final TenantLookup tenantLookup;
  private final SubscriptionsController subscriptions;
  private final EndpointsController endpoints;

  SubscribersPages(
      TenantLookup tenantLookup,
      SubscriptionsController subscriptions,
      EndpointsController endpoints) {
    this.tenantLookup = tenantLookup;
    this.subscriptions = subscriptions;
    this.endpoints = endpoints;
  }

  /** A form for a queue or an endpoint, as it was sent. */
  record Form(
      @Nullable String name,
      @Nullable String profile,
      @Nullable List<String> types,
      @Nullable Boolean bootstrap,
      @Nullable String url,
      @Nullable Boolean ordered) {

    static final Form EMPTY = new Form(null, "directory", List.of(), true, null, false);

    public boolean has(String type) {
      return types != null && types.contains(type);
    }
  }

  @Requires(Role.VIEWER)
  @GetMapping
  String list(@PathVariable String tenant, Model model) {
    return page(tenant, Form.EMPTY, model);
  }

  private String page(String tenant, Form form, Model model) {
    String slug = tenantLookup.known(tenant).slug();
    model.addAttribute("queues", subscriptions.all(slug));
    model.addAttribute("endpoints", endpoints.all(slug));
    model.addAttribute("types", TYPES);
    model.addAttribute("form", form);
    return PAGE;
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/queues")
  String addQueue(
      @PathVariable String tenant,
      @ModelAttribute("form") Form form,
      Model model,
      HttpServletResponse response) {
    NewSubscriptionView made;
    try {
      made =
          subscriptions.add(
              new NewSubscription(
                  tenant, form.name(), form.profile(), form.types(), form.bootstrap()));
    } catch (ErrorResponseException e) {
      return again(tenant, form, e, model, response);
    }
    return Secret.show(
        model,
        new Secret(
            "The queue " + made.name(),
            "/admin/tenants/" + tenant + "/subscribers/queues/" + made.name(),
            List.of(
                new Secret.Value("User name", made.username()),
                new Secret.Value("Password", made.password()),
                new Secret.Value("Queue", made.queue()),
                new Secret.Value("AMQP address", made.urls().getOrDefault("amqp", "")),
                new Secret.Value("HTTP feed", made.urls().getOrDefault("events", "")))));
  }

  @Requires(Role.ADMIN)
  @ConfirmsPassword
  @PostMapping("/endpoints")
  String addEndpoint(
      @PathVariable String tenant,
      @ModelAttribute("form") Form form,
      Model model,
      HttpServletResponse response) {
    NewEndpointView made;
    try {
      made =
          endpoints.add(
              new NewEndpoint(
                  tenant, form.name(), form.url(), form.profile(), form.types(), form.ordered()));
    } catch (ErrorResponseException e) {
      return again(tenant, form, e, model, response);
    }
    return Secret.show(
        model,
        new Secret(
            "The endpoint " + made.name(),
            "/admin/tenants/" + tenant + "/subscribers/endpoints/" + made.name(),
            List.of(new Secret.Value("Signing secret", made.secret()))));
  }

  /** The page with what was typed, and what is wrong with it. */
  private String again(
      String tenant,
      Form form,
      ErrorResponseException e,
      Model model,
      HttpServletResponse response) {
    if (e.getStatusCode().value() == HttpStatus.NOT_FOUND.value()) {
      throw e;
    }
    response.setStatus(e.getStatusCode().value());
    model.addAttribute("error", e.getBody().getDetail());
    return page(tenant, form, model);
  }
}
