package io.gatehouse.kill;

import static org.awaitility.Awaitility.await;

import io.gatehouse.feed.FeedRun;
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
  private static final Duration SHORT = Duration.ofMillis(50);

  private static GatewayProcess gateway;
  private static WrittenResponses responses;
  private static Creates creates;
  private static Enrolment enrolment;
  private static SchemaCleanup cleanup;
  private static FeedRun feed;

  @BeforeAll
  static void killAGatewayThatIsBusy() throws Exception {
    gateway = GatewayProcess.start(Gateway.temporaryFolder());
    Gateway first = gateway.client();
    responses = WrittenResponses.of(first);
    enrolment = Enrolment.prepare(first);
    cleanup = SchemaCleanup.prepare(first);
    feed = new FeedRun(first, 200, 24);
    feed.begin();
    creates = Creates.begin(first);
    await().atMost(TIMEOUT).pollInterval(SHORT).until(KillTest::isBusy);
    cleanup.begin(first);
    enrolment.begin(first);
    await()
        .atMost(TIMEOUT)
        .pollInterval(SHORT)
        .until(() -> isBusy() & cleanup.isUnderWay(first) & enrolment.isUnderWay(first));
    gateway.kill();
    responses.killed();
    creates.end();
    gateway = gateway.restart();
  }

  private static boolean isBusy() {
    feed.goOn();
    return creates.areUnderWay();
  }

  @AfterAll
  static void stop() {
    feed.close();
    gateway.stop();
  }

  /** {@code FeedSoak} does the same for longer. */
  @Test
  void bringsEveryVersionInOrderAndTheStateOfTheStoreToEachSubscriber() throws Exception {
    feed.end();
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
