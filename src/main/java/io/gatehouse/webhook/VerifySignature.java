package io.gatehouse.webhook;

import io.gatehouse.crypto.Digests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The call is signed with one of the connection's secrets, and, where the sender says when, not
 * long ago: {@code Ory-Polis-Signature: t=1793697300000,s=c264...}.
 */
final class VerifySignature implements WebhookStep {

  private static final int TOLERANCE_SECONDS = 300;

  private final SignatureHeader header;
  private final SignedText text;
  private final HmacSignature hmacSignature;
  private final Optional<String> timestamp;
  private final Age age;

  /**
   * How old a signature may be.
   *
   * @param millis whether the sender counts these, and not seconds
   */
  private record Age(Clock clock, boolean millis, Duration tolerance) {

    boolean allows(String time) {
      if (!time.matches("[0-9]{1,15}")) {
        return false;
      }
      long value = Long.parseLong(time);
      Instant signed = millis ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value);
      return Duration.between(signed, clock.instant()).abs().compareTo(tolerance) <= 0;
    }
  }

  private VerifySignature(StepParameters parameters, Clock clock) {
    this.header = SignatureHeader.of(parameters);
    this.text = SignedText.of(parameters);
    this.hmacSignature = HmacSignature.of(parameters);
    this.timestamp = parameters.find("timestamp");
    this.age =
        new Age(
            clock,
            parameters.oneOf("unit", "s", "ms").equals("ms"),
            Duration.ofSeconds(parameters.number("tolerance", TOLERANCE_SECONDS)));
  }

  static VerifySignature of(StepParameters parameters, Clock clock) {
    VerifySignature step = new VerifySignature(parameters, clock);
    if (step.text.hasTime() && !step.header.hasTime() && step.timestamp.isEmpty()) {
      throw new WrongParameterException("timestamp", "is missing here, for 'content' names it");
    }
    return step;
  }

  /** The signature of an old call is compared, too, so that the time is the same. */
  @Override
  @SuppressWarnings("ShortCircuitBoolean")
  public WebhookExchange process(WebhookExchange exchange) {
    List<String> secrets = exchange.connection().requireSecrets();
    WebhookCall call = exchange.call();
    SignatureHeader.Read read = header.read(call);
    String time = timestamp.flatMap(call::header).orElse(read.time());
    byte[] signed = text.of(call, time);
    if (!isRecent(time) | !hmacSignature.isOne(read.signatures(), secrets, signed)) {
      throw RefusedWebhookException.unauthorized();
    }
    return exchange.proven(Digests.hex(Digests.SHA_256, signed));
  }

  private boolean isRecent(@Nullable String time) {
    boolean said = timestamp.isPresent() || header.hasTime();
    return time == null ? !said : age.allows(time);
  }
}
