package io.gatehouse.support;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets nobody in without a token, and issues tokens for client credentials. */
final class FakeDoor {

  static final String API_TOKEN = "00fake-api-token";
  static final String CLIENT_ID = "fake-client";
  static final String CLIENT_SECRET = "fake-client-secret";

  /** What {@link EntraAuthority} issues. */
  static final String ENTRA_TOKEN = "fake-entra-token";

  private static final Duration LIFE = Duration.ofHours(1);

  private final Clock clock;
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger issued = new AtomicInteger();

  FakeDoor(Clock clock) {
    this.clock = clock;
  }

  FakeReply answer(FakeVendor vendor, FakeCall call) {
    if (vendor.isForToken(call)) {
      return isClient(call) ? issue(vendor) : vendor.unauthorized();
    }
    return isIn(call.authorization()) ? vendor.answer(call) : vendor.unauthorized();
  }

  private static boolean isClient(FakeCall call) {
    String both = CLIENT_ID + ":" + CLIENT_SECRET;
    String basic = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    Map<String, String> form = call.form();
    return "client_credentials".equals(form.get("grant_type"))
        && (call.authorization().equals("Basic " + basic)
            || (CLIENT_ID.equals(form.get("client_id"))
                && CLIENT_SECRET.equals(form.get("client_secret"))));
  }

  private FakeReply issue(FakeVendor vendor) {
    String token = UUID.randomUUID().toString();
    tokens.put("Bearer " + token, clock.instant().plus(LIFE));
    issued.incrementAndGet();
    return vendor.token(token, LIFE);
  }

  private boolean isIn(String authorization) {
    return authorization.equals("SSWS " + API_TOKEN)
        || authorization.equals("Bearer " + ENTRA_TOKEN)
        || clock.instant().isBefore(tokens.getOrDefault(authorization, Instant.MIN));
  }

  void expireTokens() {
    tokens.clear();
  }

  int issued() {
    return issued.get();
  }
}
