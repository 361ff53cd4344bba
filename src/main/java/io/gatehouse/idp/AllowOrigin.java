package io.gatehouse.idp;

import io.gatehouse.edge.WebhookAnswer;
import io.gatehouse.edge.WebhookCall;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code OPTIONS} with {@code WebHook-Request-Origin} is allowed to call, at the rate that it asks
 * for (CloudEvents HTTP 1.1 Web Hooks, section 4).
 */
record AllowOrigin() implements IntakeStep {

  @Override
  public Intake take(Intake intake) {
    WebhookCall call = intake.call();
    if (!call.is("OPTIONS") || call.header("WebHook-Request-Origin").isEmpty()) {
      return intake;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Allow", "POST");
    call.header("WebHook-Request-Origin")
        .ifPresent(it -> headers.put("WebHook-Allowed-Origin", it));
    call.header("WebHook-Request-Rate").ifPresent(it -> headers.put("WebHook-Allowed-Rate", it));
    return intake.answered(new WebhookAnswer(200, headers, ""));
  }
}
