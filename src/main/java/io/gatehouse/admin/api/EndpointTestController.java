package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.WebhookRequests;
import io.gatehouse.delivery.webhook.WebhookRequests.Tested;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /endpoints/{tenant}/{name}/test}: whether an endpoint takes an event. */
@RestController
@RequestMapping("/admin/api/v1/endpoints/{tenant}/{name}/test")
public final class EndpointTestController {

  /** Tests at the same time; each holds a thread for as long as a receiver may take. */
  private static final int MAX_RUNNING = 4;

  private final Semaphore places = new Semaphore(MAX_RUNNING);
  private final EndpointLookup known;
  private final WebhookRequests requests;

  EndpointTestController(EndpointLookup known, WebhookRequests requests) {
    this.known = known;
    this.requests = requests;
  }

  /**
   * The result.
   *
   * @param event id of the test event
   * @param accepted whether the receiver answered 2xx
   * @param status of HTTP; absent when there was no answer
   * @param problem why it was not accepted
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TestView(
      UUID event,
      boolean accepted,
      @Nullable Integer status,
      @Nullable String problem,
      long milliseconds) {}

  /**
   * Posts an event of the type {@code gatehouse.endpoint.test.v1} now, once, as events are posted;
   * to a disabled endpoint too. It changes nothing, and is not among the attempts.
   */
  @Requires(Role.OPERATOR)
  @PostMapping
  public TestView test(@PathVariable String tenant, @PathVariable String name) {
    Endpoint endpoint = known.get(tenant, name);
    if (!places.tryAcquire()) {
      throw ProblemException.tooMany("Other endpoints are being tested; try again.");
    }
    try {
      Tested tested = requests.test(endpoint);
      known.audit(endpoint, "test");
      return new TestView(
          tested.event(),
          tested.response().accepted(),
          tested.response().status(),
          tested.response().problem(),
          tested.took().toMillis());
    } finally {
      places.release();
    }
  }
}
