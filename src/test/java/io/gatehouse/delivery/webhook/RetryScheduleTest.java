package io.gatehouse.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1, PT5S",
    "2, PT5M",
    "3, PT30M",
    "4, PT2H",
    "5, PT5H",
    "6, PT10H",
    "7, PT14H",
    "8, PT20H",
    "9, PT24H"
  })
  void waitsATenthMoreOrLess(int failures, Duration pause) {
    assertThat(pause(failures, 0.5)).isEqualTo(pause);
    assertThat(pause(failures, 0)).isEqualTo(pause.multipliedBy(9).dividedBy(10));
    assertThat(pause(failures, 1)).isEqualTo(pause.multipliedBy(11).dividedBy(10));
  }

  private static Duration pause(int failures, double random) {
    return new RetrySchedule(() -> random).pause(failures, Duration.ZERO).orElseThrow();
  }

  @Test
  void endsAfterTheTenthAttempt() {
    assertThat(new RetrySchedule(() -> 0).pause(10, Duration.ofHours(1))).isEmpty();
  }

  @Test
  void givesTheReceiverNoLessThanItAsksFor() {
    RetrySchedule schedule = new RetrySchedule(() -> 0.5);

    assertThat(schedule.pause(1, Duration.ofSeconds(90))).contains(Duration.ofSeconds(90));
    assertThat(schedule.pause(3, Duration.ofSeconds(90))).contains(Duration.ofMinutes(30));
  }

  @ParameterizedTest
  @CsvSource({
    "429, 120, PT2M",
    "503, ' 120 ', PT2M",
    "503, 'Tue, 24 Nov 2026 08:10:00 GMT', PT10M",
    "503, 'Tue, 24 Nov 2026 07:00:00 GMT', PT-1H",
    "503, 99999999999999999, PT24H",
    "503, 'Tue, 24 Nov 2099 08:10:00 GMT', PT24H",
    "503, soon, PT0S",
    "503, -5, PT0S",
    "503, '', PT0S",
    "503, 99999999999999999999999, PT0S",
    "500, 120, PT0S",
    "204, 120, PT0S",
  })
  void understandsRetryAfter(int status, String header, Duration pause) {
    assertThat(EndpointResponse.answered(status, header).pause(NOW)).isEqualTo(pause);
  }

  @ParameterizedTest
  @CsvSource({"200, true", "204, true", "299, true", "302, false", "400, false", "500, false"})
  void takesAnyKindOfYes(int status, boolean accepted) {
    assertThat(EndpointResponse.answered(status, null).accepted()).isEqualTo(accepted);
  }

  /** The example of the libraries of Standard Webhooks. */
  @Test
  void signsAsOthersDo() {
    SigningSecret secret = new SigningSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assertThat(secret.toString()).doesNotContain("MfKQ");
  }
}
