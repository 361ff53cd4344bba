package io.gatehouse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.scim.Json;
import io.gatehouse.tenant.Connections;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A bucket for each connection, filled as time goes by. */
class RateLimitsTest {

  private long nanos;
  private int instances = 1;
  private final RateLimits unit =
      new RateLimits(
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return nanos;
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          },
          () -> instances);
  private final Connections.Holder okta = holder(Json.object().put("rateLimit", 2));

  @Test
  void letsTwiceTheRatePassAtOnceAndThenTheRate() {
    assertThat(passes(okta, 9)).isEqualTo(4);

    pass(Duration.ofMillis(1_000));

    assertThat(passes(okta, 9)).isEqualTo(2);
  }

  @Test
  void saysWhenToComeBack() {
    Connections.Holder slow = holder(Json.object().put("rateLimit", 1));
    passes(slow, 2);

    assertThat(unit.refuses(slow)).hasValue(1);
  }

  @Test
  void savesUpNoMoreThanTheBurst() {
    passes(okta, 4);

    pass(Duration.ofDays(1));

    assertThat(passes(okta, 9)).isEqualTo(4);
  }

  @Test
  void countsEachConnectionByItself() {
    passes(okta, 9);

    assertThat(passes(holder(Json.object().put("rateLimit", 2)), 9)).isEqualTo(4);
  }

  @Test
  void limitsNobodyWithoutASetting() {
    assertThat(passes(holder(Json.object()), 1_000)).isEqualTo(1_000);
  }

  @Test
  void takesANewRateAtOnce() {
    passes(okta, 9);
    Connections.Holder faster =
        new Connections.Holder(okta.caller(), Json.object().put("rateLimit", 10));

    assertThat(passes(faster, 99)).isEqualTo(20);
  }

  @Test
  void dividesTheRateByTheInstances() {
    instances = 2;
    Connections.Holder entra = holder(Json.object().put("rateLimit", 25));

    assertThat(passes(entra, 99)).isEqualTo(25);
    pass(Duration.ofSeconds(1));
    assertThat(passes(entra, 99)).isEqualTo(12);
    pass(Duration.ofSeconds(1));
    assertThat(passes(entra, 99)).as("no part of a request is lost").isEqualTo(13);
  }

  @Test
  void givesEachInstanceARequestHoweverLowTheRate() {
    instances = 5;
    Connections.Holder slow = holder(Json.object().put("rateLimit", 1));

    assertThat(passes(slow, 9)).isEqualTo(1);
    assertThat(unit.refuses(slow)).hasValue(5);
    pass(Duration.ofSeconds(5));
    assertThat(passes(slow, 9)).isEqualTo(1);
  }

  @Test
  void givesTheWholeRateToTheInstanceThatIsLeft() {
    instances = 2;
    passes(okta, 9);

    instances = 1;

    assertThat(passes(okta, 9)).isEqualTo(4);
  }

  @Test
  void countsUrgentCommandsForThemselves() {
    passes(okta, 9);

    for (int i = 0; i < 4; i++) {
      assertThat(unit.refusesUrgent(okta)).isEmpty();
    }
    assertThat(unit.refusesUrgent(okta)).hasValue(1);
  }

  @Test
  void fillsABucketThatWasNotUsedForLong() {
    passes(okta, 3);

    pass(Duration.ofHours(1));

    assertThat(passes(okta, 9)).isEqualTo(4);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private int passes(Connections.Holder holder, int requests) {
    int passed = 0;
    for (int i = 0; i < requests; i++) {
      passed += unit.refuses(holder).isEmpty() ? 1 : 0;
    }
    return passed;
  }

  private static Connections.Holder holder(ObjectNode settings) {
    UUID id = UUID.randomUUID();
    return new Connections.Holder(new Caller(id, "acme", id, "okta"), settings);
  }
}
