package io.gatehouse.kill;

import static org.awaitility.Awaitility.await;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a gateway has begun when it is killed, all of it at once, its successor brings to its end.
 */
class KillTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(10);

  private static GatewayProcess gateway;
  private static WrittenResponses responses;
  private static Creates creates;
  private static Enrolment enrolment;
  private static SchemaCleanup cleanup;

  @BeforeAll
  static void killAGatewayThatIsBusy() throws Exception {
    gateway = GatewayProcess.start(Gateway.temporaryFolder());
    Gateway first = gateway.client();
    responses = WrittenResponses.of(first);
    enrolment = Enrolment.prepare(first);
    cleanup = SchemaCleanup.prepare(first);
    creates = Creates.begin(first);
    await().atMost(TIMEOUT).until(creates::areUnderWay);
    cleanup.begin(first);
    await().atMost(TIMEOUT).pollInterval(SHORT).until(() -> cleanup.isUnderWay(first));
    enrolment.begin(first);
    await()
        .atMost(TIMEOUT)
        .pollInterval(SHORT)
        .until(() -> enrolment.isUnderWay(first) && cleanup.isUnderWay(first));
    gateway.kill();
    creates.end();
    gateway = gateway.restart();
  }

  @AfterAll
  static void stop() {
    gateway.stop();
  }

  @Test
  void keepsEveryCreateThatWasAnsweredAndAnnouncesItOnce() throws Exception {
    creates.check(gateway.client());
  }

  @Test
  void answersNothingAgainThatWasHeard() {
    responses.check(gateway.client());
  }

  @Test
  void endsAnEnrolmentAndLeavesNobodyOut() {
    enrolment.check(gateway.client());
  }

  @Test
  void dropsEachValueOfADeletedSchemaOnce() {
    cleanup.check(gateway.client());
  }
}
