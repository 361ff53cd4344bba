package io.gatehouse.inbox;

import io.gatehouse.support.Gateway;
import org.junit.jupiter.api.Test;

/** {@code ./mvnw test -Psoak -Dtest=StormSoak}: the storm with 5,000 events about 500 users. */
class StormSoak {

  @Test
  void endsAsIfNothingHadBeenMixedUp() {
    StormTest.withstand(Gateway.shared(), 5_000, 500);
  }
}
