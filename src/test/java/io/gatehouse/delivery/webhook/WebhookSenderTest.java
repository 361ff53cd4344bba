package io.gatehouse.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.webhook.PendingDeliveries.Load;
import io.gatehouse.support.Announcements;
import io.gatehouse.support.FakeUnitOfWork;
import io.gatehouse.support.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of events for endpoints, and when they are tried again. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebhookSenderTest {

  private static final EndpointResponse OK = EndpointResponse.answered(204, null);
  private static final EndpointResponse AWAY = EndpointResponse.failed("It does not answer.");

  private final SettableClock clock = new SettableClock();
  private final FakeUnitOfWork unit = new FakeUnitOfWork();
  private final FakeDeliveries deliveries = new FakeDeliveries(unit);
  private final List<WebhookClient.Request> posted = new CopyOnWriteArrayList<>();
  private final List<String> tally = new CopyOnWriteArrayList<>();
  private final Endpoint endpoint = endpoint("training", List.of());
  private Function<WebhookClient.Request, EndpointResponse> receiver = request -> OK;

  @Test
  void asksForNothingWhileThereIsNoEndpoint() {
    run();

    assertThat(unit.committed()).isZero();
    assertThat(deliveries.loads).isEmpty();
  }

  @Test
  void deliversEveryEventOfEveryPageOnce() {
    deliveries.announce(endpoint, List.of(Announcements.user(1), Announcements.user(2)));
    deliveries.announce(endpoint, List.of(Announcements.user(3)));
    deliveries.announce(endpoint, List.of(Announcements.joined(4, 501)));

    run();

    assertThat(deliveries.outcomes)
        .containsExactlyInAnyOrder(
            "delivered 1", "delivered 2", "delivered 3", "delivered 4", "delivered 4");
    assertThat(posted).extracting(it -> it.headers().get("webhook-id")).doesNotHaveDuplicates();
    assertThat(tally).hasSize(5).containsOnly("delivered");
    assertThat(deliveries.waiting()).isZero();
  }

  @Test
  void deliversOnlyTheTypesThatTheEndpointWants() {
    Endpoint leavers = endpoint("leavers", List.of("gatehouse.user.deactivated.*"));
    deliveries.announce(
        leavers, List.of(Announcements.user(1), Announcements.user(2, "deactivated")));

    run();

    assertThat(deliveries.outcomes).containsExactly("delivered 2");
  }

  @Test
  void plansAPageAgainThatCouldNotBeKept() {
    deliveries.announce(endpoint, List.of(Announcements.user(1), Announcements.user(2)));
    deliveries.failAfter(1);

    assertThatThrownBy(this::run).hasMessage("the disk is full");
    assertThat(deliveries.waiting()).isZero();
    assertThat(posted).isEmpty();

    run();
    assertThat(deliveries.outcomes).containsExactlyInAnyOrder("delivered 1", "delivered 2");
  }

  @Test
  void triesAgainAfterAPauseAndNotBefore() {
    Instant begin = clock.instant();
    receiver = request -> AWAY;
    deliveries.announce(endpoint, List.of(Announcements.user(1)));

    run();

    assertThat(deliveries.outcomes).containsExactly("failed 1");
    assertThat(tally).containsExactly("failed");
    assertThat(Duration.between(begin, deliveries.due()))
        .isBetween(Duration.ofMillis(4_500), Duration.ofMillis(5_500));

    receiver = request -> OK;
    run();
    assertThat(posted).hasSize(1);

    clock.set(deliveries.due());
    run();
    assertThat(deliveries.outcomes).containsExactly("failed 1", "delivered 1");
    assertThat(posted.get(1).headers().get("webhook-id"))
        .isEqualTo(posted.get(0).headers().get("webhook-id"));
  }

  @ParameterizedTest
  @CsvSource({"429, 3600, 3600", "503, 90, 90", "503, 999999, 86400", "500, 3600, 5", "503, 1, 5"})
  void waitsAsLongAsTheReceiverAsksForButADayAtMost(int status, String asked, int seconds) {
    Instant begin = clock.instant();
    receiver = request -> EndpointResponse.answered(status, asked);
    deliveries.announce(endpoint, List.of(Announcements.user(1)));

    run();

    assertThat(Duration.between(begin, deliveries.due()))
        .isBetween(Duration.ofMillis(seconds * 900L), Duration.ofMillis(seconds * 1_100L));
  }

  @Test
  void disablesAnEndpointAfterTenAttempts() {
    receiver = request -> EndpointResponse.answered(500, null);
    deliveries.announce(endpoint, List.of(Announcements.user(1)));
    Instant begin = clock.instant();

    for (int attempt = 1; attempt < 10; attempt++) {
      run();
      assertThat(deliveries.outcomes).hasSize(attempt).containsOnly("failed 1");
      clock.set(deliveries.due());
    }
    run();

    assertThat(posted).hasSize(10);
    assertThat(deliveries.outcomes.get(9))
        .startsWith("stopped 1: ")
        .contains("failed 10 times", "answered 500");
    assertThat(tally).hasSize(10).endsWith("disabled");
    assertThat(Duration.between(begin, clock.instant()))
        .isBetween(Duration.ofHours(60), Duration.ofHours(90));
  }

  @Test
  void disablesAnEndpointAtOnceThatWantsNothingMore() {
    receiver = request -> EndpointResponse.answered(410, null);
    deliveries.announce(endpoint, List.of(Announcements.user(1)));

    run();

    assertThat(deliveries.outcomes).hasSize(1);
    assertThat(deliveries.outcomes.get(0)).startsWith("stopped 1: ").contains("410");
    assertThat(tally).containsExactly("disabled");
  }

  /** Else it would go on for ever, a minute after the other. */
  @Test
  void countsADefectOfTheGatewayAsAnAttempt() {
    receiver =
        request -> {
          throw new IllegalStateException("a defect");
        };
    deliveries.announce(endpoint, List.of(Announcements.user(1)));

    for (int attempt = 1; attempt < 10; attempt++) {
      run();
      clock.set(deliveries.due());
    }
    run();

    assertThat(deliveries.outcomes).hasSize(10);
    assertThat(deliveries.outcomes.get(9)).startsWith("stopped 1: ");
  }

  @Test
  void endpointsThatDoNotAnswerTakeNoPlacesOfThoseThatDo() {
    Endpoint away = endpoint("away", List.of());
    deliveries.struggles(away);
    deliveries.announce(away, Announcements.users(1, 20).toList());
    deliveries.announce(endpoint, Announcements.users(21, 60).toList());
    CountDownLatch hang = new CountDownLatch(1);
    receiver =
        request -> {
          if (request.url().equals(away.url())) {
            awaitOpen(hang);
          }
          return OK;
        };
    WebhookSender sender = sender();

    sender.run();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> deliveries.waiting() == 20);

    assertThat(posted.stream().filter(it -> it.url().equals(away.url()))).hasSize(2);
    hang.countDown();
    sender.close();
    assertThat(deliveries.loads).contains(new Load(false, 6, 3), new Load(true, 2, 1));
  }

  /** Runs once, and waits until all that was begun has ended. */
  private void run() {
    try (WebhookSender sender = sender()) {
      sender.run();
    }
  }

  private WebhookSender sender() {
    return new WebhookSender(
        unit,
        deliveries,
        deliveries,
        new WebhookRequests(new EventRenderer(Map.of()), new OneSecret(), new Receiver(), clock),
        clock,
        tally::add);
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Endpoint endpoint(String name, List<String> types) {
    return new Endpoint(
        UUID.randomUUID(),
        new Subscription(UUID.randomUUID(), "acme", name, Profile.NOTICE, types),
        URI.create("https://hooks.example.com/" + name),
        true);
  }

  private final class Receiver implements WebhookClient {
    @Override
    public Optional<String> objection(URI url) {
      return Optional.empty();
    }

    @Override
    public EndpointResponse post(Request request) {
      posted.add(request);
      return receiver.apply(request);
    }
  }

  private static final class OneSecret implements EndpointSecrets {
    private final SigningSecret secret = SigningSecret.generate();

    @Override
    public List<SigningSecret> live(Endpoint endpoint) {
      return List.of(secret);
    }

    @Override
    public Optional<UUID> add(Endpoint endpoint, SigningSecret added) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean remove(Endpoint endpoint, UUID id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Label> labels(Endpoint endpoint) {
      throw new UnsupportedOperationException();
    }
  }
}
