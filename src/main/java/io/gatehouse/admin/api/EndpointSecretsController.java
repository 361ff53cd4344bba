package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.EndpointSecrets;
import io.gatehouse.delivery.webhook.SigningSecret;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /endpoints/{tenant}/{name}/secret}: rotation of the signing secret. */
@RestController
@RequestMapping("/admin/api/v1/endpoints/{tenant}/{name}/secret")
public final class EndpointSecretsController {

  private final EndpointLookup known;
  private final EndpointSecrets secrets;

  EndpointSecretsController(EndpointLookup known, EndpointSecrets secrets) {
    this.known = known;
    this.secrets = secrets;
  }

  /** A new secret, shown once. */
  public record NewSecretView(UUID id, String secret) {}

  /** The previous secret stays valid until it is removed. */
  @Requires(Role.ADMIN)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public NewSecretView rotate(@PathVariable String tenant, @PathVariable String name) {
    Endpoint endpoint = known.get(tenant, name);
    SigningSecret secret = SigningSecret.generate();
    UUID id =
        secrets
            .add(endpoint, secret)
            .orElseThrow(
                () ->
                    ProblemException.conflict("There are two secrets already; remove one first."));
    known.audit(endpoint, "secret.create");
    return new NewSecretView(id, secret.text());
  }

  @Requires(Role.ADMIN)
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void remove(
      @PathVariable String tenant, @PathVariable String name, @PathVariable UUID id) {
    Endpoint endpoint = known.get(tenant, name);
    if (secrets.labels(endpoint).stream().noneMatch(it -> it.id().equals(id))) {
      throw ProblemException.notFound("The endpoint has no secret " + id + ".");
    }
    if (!secrets.remove(endpoint, id)) {
      throw ProblemException.conflict("This is the only secret; make another one first.");
    }
    known.audit(endpoint, "secret.remove");
  }
}
