package io.gatehouse.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code OPTIONS} with {@code WebHook-Request-Origin} is granted permission to call, at the
 * requested rate (CloudEvents HTTP 1.1 Web Hooks, section 4).
 */
record AllowOrigin() implements WebhookStep {

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    WebhookCall call = exchange.call();
    if (!call.is("OPTIONS") || call.header("WebHook-Request-Origin").isEmpty()) {
      return exchange;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Allow", "POST");
    call.header("WebHook-Request-Origin")
        .ifPresent(it -> headers.put("WebHook-Allowed-Origin", it));
    call.header("WebHook-Request-Rate").ifPresent(it -> headers.put("WebHook-Allowed-Rate", it));
    return exchange.answered(new WebhookResponse(200, headers, ""));
  }
}
