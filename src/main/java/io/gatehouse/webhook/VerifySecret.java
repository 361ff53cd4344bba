package io.gatehouse.webhook;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A header or a parameter of the query is one of the connection's secrets: {@code Authorization:
 * abc}, or {@code Authorization: Bearer abc}.
 */
final class VerifySecret implements WebhookStep {

  private final Optional<String> header;
  private final Optional<String> query;
  private final boolean tokenErrors;

  private VerifySecret(StepParameters parameters) {
    this.header = parameters.find("header");
    this.query = parameters.find("query");
    this.tokenErrors = parameters.oneOf("errors", "problem", "set").equals("set");
  }

  static VerifySecret of(StepParameters parameters) {
    VerifySecret step = new VerifySecret(parameters);
    if (step.header.isPresent() == step.query.isPresent()) {
      throw new WrongParameterException("header", "or else 'query' is expected here");
    }
    return step;
  }

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    List<String> secrets = exchange.connection().requireSecrets();
    if (!isOne(given(exchange.call()), secrets)) {
      throw tokenErrors
          ? TokenErrors.AUTHENTICATION_FAILED.refusal()
          : RefusedWebhookException.unauthorized();
    }
    return exchange;
  }

  private String given(WebhookCall call) {
    return header.flatMap(call::header).or(() -> query.flatMap(call::parameter)).orElse("");
  }

  /**
   * Headers arrive as one char for each byte. All forms are compared, so that the time is the same.
   */
  @SuppressWarnings("ShortCircuitBoolean")
  private boolean isOne(String given, List<String> secrets) {
    byte[] bytes =
        given.getBytes(header.isPresent() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    boolean bearer = header.filter("Authorization"::equalsIgnoreCase).isPresent();
    return ConstantTime.any(bytes, secrets, it -> it)
        | (bearer && ConstantTime.any(bytes, secrets, "Bearer "::concat));
  }
}
