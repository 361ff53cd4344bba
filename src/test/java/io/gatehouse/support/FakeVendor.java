package io.gatehouse.support;

import java.time.Duration;

/** How one vendor speaks of a {@link FakeDirectory}. */
interface FakeVendor {

  /** Answers a call that is signed in. */
  FakeReply answer(FakeCall call);

  /** Whether a call asks for a token, and whether with the right credentials. */
  boolean isForToken(FakeCall call);

  FakeReply token(String token, Duration life);

  FakeReply unauthorized();

  FakeReply tooMany(Duration wait);
}
