package io.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.signin.SignIns.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who guesses waits, and what is counted is bounded. */
class SignInsTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };
  private final List<AuditLog.Burst> bursts = new ArrayList<>();
  private final SignIns signIns =
      new SignIns(3, new RefusalLog(bursts::add, realm -> {}, clock), clock);

  @Test
  void looksAtNothingForAMinuteAfterTooManyFailures() {
    fail("198.51.100.1", 3);
    assertThat(signIns.mustWait(attempt("198.51.100.1", 9)).getAsInt()).isBetween(1, 60);
    assertThat(signIns.mustWait(attempt("198.51.100.2", 9))).isEmpty();

    now = now.plusSeconds(60);
    assertThat(signIns.mustWait(attempt("198.51.100.1", 9))).isEmpty();
  }

  @Test
  void forgetsFailuresThatAreFarApart() {
    for (int i = 0; i < 20; i++) {
      fail("198.51.100.1", 2);
      now = now.plusSeconds(61);
      assertThat(signIns.mustWait(attempt("198.51.100.1", 9))).isEmpty();
    }
  }

  @Test
  void looksAtWhatWasGoodFromThereWithinADay() {
    signIns.admitted(attempt("198.51.100.1", 9));
    fail("198.51.100.1", 3);
    assertThat(signIns.mustWait(attempt("198.51.100.1", 9))).isEmpty();
    assertThat(signIns.mustWait(attempt("198.51.100.1", 8))).isPresent();

    now = now.plus(Duration.ofHours(25));
    fail("198.51.100.1", 3);
    assertThat(signIns.mustWait(attempt("198.51.100.1", 9))).isPresent();
  }

  @Test
  void slowsDownFailuresAtOneConnectionFromManyAddresses() {
    Subject subject = new Subject(UUID.randomUUID(), UUID.randomUUID(), null);
    for (int i = 0; i < 30; i++) {
      assertThat(signIns.refused(attempt("198.51.100." + i, 1), () -> subject)).isEmpty();
    }

    assertThat(signIns.refused(attempt("198.51.100.99", 1), () -> subject)).isPresent();
    assertThat(signIns.mustWait(attempt("198.51.100.98", 1))).isEmpty();
  }

  @Test
  void doesNotAskWhomAGuessIsAboutWhileItsAddressWaits() {
    fail("198.51.100.1", 3);

    assertThat(
            signIns.refused(
                attempt("198.51.100.1", 9),
                () -> {
                  throw new AssertionError("asked");
                }))
        .isPresent();
  }

  @Test
  void trustsAnAddressAtOtherConnectionsThanThatWhereItProvesNothing() {
    UUID one = UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      assertThat(signIns.distrusted(attempt("198.51.100.1", 0), one)).isEmpty();
      signIns.unproven(attempt("198.51.100.1", 0), one);
    }

    assertThat(signIns.distrusted(attempt("198.51.100.1", 0), one)).isPresent();
    assertThat(signIns.distrusted(attempt("198.51.100.1", 0), UUID.randomUUID())).isEmpty();
    assertThat(signIns.distrusted(attempt("198.51.100.2", 0), one)).isEmpty();
  }

  @Test
  void keepsOneBurstOfAnAddressAnHourAndAHundredInAll() {
    for (int minute = 0; minute < 30; minute++) {
      fail("198.51.100.1", 5);
      now = now.plusSeconds(61);
    }
    assertThat(bursts).hasSize(1);

    for (int host = 0; host < 500; host++) {
      fail("10.0." + host / 250 + "." + host % 250, 3);
    }
    assertThat(bursts).hasSize(100);
  }

  @Test
  void forgetsTheOldestOfTooManyAddresses() {
    fail("198.51.100.1", 3);
    for (int host = 0; host < 10_000; host++) {
      fail("10.0." + host / 250 + "." + host % 250, 1);
    }

    assertThat(signIns.mustWait(attempt("198.51.100.1", 9))).isEmpty();
  }

  @Test
  void encodesWhatAStrangerHasWritten() {
    assertThat(RefusalLog.shown("a\r\nevent=ok b%c")).isEqualTo("a%0D%0Aevent%3Dok%20b%25c");
    assertThat(RefusalLog.shown("x".repeat(1_000))).hasSize(100);
  }

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      signIns.refused(attempt(address, i), () -> Subject.UNKNOWN);
    }
  }

  private static Attempt attempt(String address, int credential) {
    return new Attempt(Realm.SCIM, address, new byte[] {(byte) credential});
  }
}
