package io.gatehouse.delivery.queue;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.broker.BrokerConnection;
import io.gatehouse.broker.BrokerTopology;
import io.gatehouse.broker.SubscriberQueues;
import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.delivery.Profile;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.BrokerView;
import io.gatehouse.support.Flood;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for subscribers that are away, and what is left for commands; longer: BacklogSoak. */
class BacklogTest {

  /** Three times as much as an address holds in memory, or more. */
  private static final int EVENTS = 10_000;

  private static final long MIB = 1024 * 1024;

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private BrokerView broker;

  @BeforeEach
  void open() throws Exception {
    broker = BrokerView.of(gateway);
  }

  @AfterEach
  void close() throws Exception {
    broker.close();
  }

  @Test
  void keepsLittleOfItInMemoryAndLosesNothingOfIt() throws Exception {
    var subscription = gateway.subscription(idp.tenant(), "offline");
    var other = gateway.subscription(idp.tenant(), "other");
    new Flood(gateway, idp.tenant()).send(EVENTS);

    assertThat(broker.addressAttribute(Profile.DIRECTORY.address(), "addressSize"))
        .isLessThan(16 * MIB);
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(201);

    try (Subscriber reader = Subscriber.of(subscription)) {
      for (int i = 0; i < EVENTS; i++) {
        ObjectNode event = reader.next();
        assertThat(event.path("sequence").asLong()).isEqualTo(i);
      }
      assertThat(reader.next().at("/data/resource/userName").asText()).isEqualTo("ada@example.com");
    }
    String path = "/subscriptions/" + idp.tenant() + "/other";
    assertThat(gateway.admin("GET", path, null).json().path("backlog").asInt())
        .isEqualTo(EVENTS + 1);
    assertThat(gateway.admin("DELETE", path, null).status()).isEqualTo(204);
    assertThat(other.status()).isEqualTo(201);
  }

  @Test
  void announcesOnceWhatIsSentAgainAfterDoubt() throws Exception {
    var subscription = gateway.subscription(idp.tenant(), "training");
    Flood flood = new Flood(gateway, idp.tenant());
    CloudEvent first = flood.event(1);
    CloudEvent second = flood.event(2);
    EventPublisher publisher = gateway.bean(EventPublisher.class);
    publisher.publish(List.of(first, second));
    publisher.publish(List.of(first, second, flood.event(3)));
    publisher.publish(List.of(flood.event(4)));

    try (Subscriber reader = Subscriber.of(subscription)) {
      assertThat(reader.all())
          .extracting(it -> it.path("sequence").asLong())
          .containsExactly(1L, 2L, 3L, 4L);
    }
  }

  @Test
  void dropsTheLongestQueueWhereEventsFillTheirDisk() throws Exception {
    var subscription = gateway.subscription(idp.tenant(), "long");
    new Flood(gateway, idp.tenant()).send(EVENTS);
    gateway.subscription(idp.tenant(), "short");
    new Flood(gateway, idp.tenant()).send(10);

    watch(1024 * MIB);
    assertThat(state("long")).isEqualTo("live");
    watch(12 * MIB);
    assertThat(state("long")).isEqualTo("lagging");
    assertThat(state("short")).isEqualTo("live");

    watch(1024 * MIB);
    assertThat(view("long").path("backlog").asInt()).isZero();
    try (Subscriber back = Subscriber.of(subscription)) {
      watch(1024 * MIB);
      assertThat(state("long")).isEqualTo("live");
      assertThat(back.next().path("type").asText()).contains("bootstrap.completed");
    }
    gateway.admin("DELETE", "/subscriptions/" + idp.tenant() + "/long", null);
    gateway.admin("DELETE", "/subscriptions/" + idp.tenant() + "/short", null);
  }

  /** Looks at all queues as if events had so much disk. */
  private void watch(long disk) {
    LagMonitor.Queues all = gateway.bean(LagMonitor.Queues.class);
    var queues =
        new SubscriberQueues(new BrokerTopology(gateway.bean(BrokerConnection.class), disk));
    new LagMonitor(
            gateway.bean(UnitOfWork.class),
            gateway.bean(LagMonitor.Limits.class),
            new LagMonitor.Queues(all.subscriptions(), queues, all.lagging()),
            gateway.bean(ReplayJobs.class),
            gateway.bean(AuditLog.class))
        .run();
  }

  private String state(String name) {
    return view(name).path("state").asText();
  }

  private JsonNode view(String name) {
    return gateway.admin("GET", "/subscriptions/" + idp.tenant() + "/" + name, null).json();
  }

  /** No address takes room from another one: each has a limit, and the broker has none. */
  @Test
  void limitsEachAddressOnItsOwn() throws Exception {
    assertThat(broker.brokerAttribute("globalMaxSize")).isNegative();
    for (String address :
        List.of("commands", "signals", "gatehouse.failed", "gatehouse.dead", "gatehouse.expired")) {
      assertThat(broker.settings(address).path("maxSizeBytes").asLong())
          .as(address)
          .isBetween(MIB, 64 * MIB);
    }
    for (Profile profile : Profile.values()) {
      var settings = broker.settings(profile.address());
      assertThat(settings.path("maxSizeBytes").asLong()).isBetween(MIB, 8 * MIB);
      assertThat(settings.path("pageLimitBytes").asLong()).isPositive();
      assertThat(settings.path("pageFullMessagePolicy").asText()).isEqualTo("FAIL");
    }
    assertThat(broker.settings("gatehouse.expired").path("expiryDelay").asLong()).isPositive();
    assertThat(broker.settings("gatehouse.dead").path("expiryDelay").asLong()).isPositive();
  }
}
