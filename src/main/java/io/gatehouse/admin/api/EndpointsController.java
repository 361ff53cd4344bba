package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.EndpointSecrets;
import io.gatehouse.delivery.webhook.Endpoints;
import io.gatehouse.delivery.webhook.SigningSecret;
import io.gatehouse.delivery.webhook.WebhookClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /endpoints}: webhook endpoints of subscribers, to which events are posted. */
@RestController
@RequestMapping("/admin/api/v1/endpoints")
public final class EndpointsController {

  private final SubscriptionRequests subscriptionRequests;
  private final EndpointLookup known;
  private final Endpoints endpoints;
  private final EndpointSecrets secrets;
  private final WebhookClient client;

  EndpointsController(
      SubscriptionRequests subscriptionRequests,
      EndpointLookup known,
      Endpoints endpoints,
      EndpointSecrets secrets,
      WebhookClient client) {
    this.subscriptionRequests = subscriptionRequests;
    this.known = known;
    this.endpoints = endpoints;
    this.secrets = secrets;
    this.client = client;
  }

  public record NewEndpoint(
      @Nullable String tenant,
      @Nullable String name,
      @Nullable String url,
      @Nullable String profile,
      @Nullable List<String> types,
      @Nullable Boolean ordered) {}

  /**
   * A new endpoint.
   *
   * @param secret shown once
   */
  public record NewEndpointView(
      UUID id,
      String tenant,
      String name,
      String url,
      String profile,
      List<String> types,
      boolean ordered,
      String secret) {}

  @Requires(Role.ADMIN)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public NewEndpointView add(@RequestBody NewEndpoint wanted) {
    Subscription claim =
        subscriptionRequests.of(wanted.tenant(), wanted.name(), wanted.profile(), wanted.types());
    boolean ordered = Boolean.TRUE.equals(wanted.ordered());
    Endpoint endpoint = new Endpoint(UUID.randomUUID(), claim, url(wanted.url()), ordered);
    SigningSecret secret = SigningSecret.generate();
    if (!endpoints.add(endpoint, secret)) {
      throw ProblemException.conflict("The tenant has an endpoint '" + claim.name() + "' already.");
    }
    known.audit(endpoint, "create");
    return new NewEndpointView(
        endpoint.id(),
        claim.tenantSlug(),
        claim.name(),
        endpoint.url().toString(),
        claim.profile().label(),
        claim.types(),
        ordered,
        secret.text());
  }

  private URI url(@Nullable String text) {
    try {
      URI url = new URI(new URI(text == null ? "" : text.strip()).toASCIIString());
      client
          .objection(url)
          .ifPresent(
              objection -> {
                throw ProblemException.badRequest(objection);
              });
      return url;
    } catch (URISyntaxException e) {
      throw ProblemException.badRequest("'url' is not a URL.");
    }
  }

  @Requires(Role.VIEWER)
  @GetMapping
  public List<EndpointView> all(@RequestParam(required = false) @Nullable String tenant) {
    return endpoints.all().stream()
        .filter(EndpointLookup::isVisible)
        .filter(it -> tenant == null || it.claim().tenantSlug().equals(tenant))
        .map(this::view)
        .toList();
  }

  @Requires(Role.VIEWER)
  @GetMapping("/{tenant}/{name}")
  public EndpointView one(@PathVariable String tenant, @PathVariable String name) {
    return view(known.get(tenant, name));
  }

  private EndpointView view(Endpoint endpoint) {
    return EndpointView.of(endpoint, endpoints.standing(endpoint), secrets.labels(endpoint));
  }

  @Requires(Role.ADMIN)
  @DeleteMapping("/{tenant}/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void remove(@PathVariable String tenant, @PathVariable String name) {
    Endpoint endpoint = known.get(tenant, name);
    endpoints.remove(endpoint);
    known.audit(endpoint, "remove");
  }
}
