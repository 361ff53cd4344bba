package io.gatehouse.delivery.queue;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.ChangeLog;
import io.gatehouse.change.Relay;
import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventAnnouncer;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.Profile;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** The addresses to which events are sent: those with a subscription of the tenant. */
class AnnouncedProfilesTest {

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @Test
  void sendsToNoAddressWithoutASubscriptionOfTheTenant() throws Exception {
    gateway.subscription(gateway.tenant(), "of-another-tenant", "hr");
    gateway.subscription(idp.tenant(), "training", "directory");
    List<CloudEvent> sent = new ArrayList<>();

    withoutTheRelayOfTheGateway(
        () -> {
          idp.create(user("ada"));
          relay(sent::addAll, this::lookup).run();
        });

    assertThat(sent)
        .filteredOn(it -> it.tenant().equals(idp.tenant()))
        .extracting(CloudEvent::address)
        .containsOnly(Profile.DIRECTORY.address());
  }

  /** Its queue is there before the events are sent, but the lookup before did not know it. */
  @Test
  void losesNothingForASubscriptionThatIsMadeWhileTheRelayRuns() throws Exception {
    List<Answer> made = new ArrayList<>();

    withoutTheRelayOfTheGateway(
        () -> {
          idp.create(user("ada"));
          relay(
                  gateway.bean(EventPublisher.class),
                  tenants -> {
                    Map<String, Set<Profile>> before = lookup(tenants);
                    if (made.isEmpty()) {
                      made.add(gateway.subscription(idp.tenant(), "training", "directory"));
                    }
                    return before;
                  })
              .run();
        });

    try (Subscriber queue = Subscriber.of(made.get(0))) {
      assertThat(queue.next().at("/data/resource/userName").asText()).isEqualTo("ada");
    }
  }

  private void withoutTheRelayOfTheGateway(Runnable work) throws Exception {
    var routes = gateway.bean(CamelContext.class).getRouteController();
    routes.stopRoute("change-relay", 100, TimeUnit.MILLISECONDS);
    try {
      work.run();
    } finally {
      routes.startRoute("change-relay");
    }
  }

  private Relay relay(
      EventPublisher publisher, Function<Set<String>, Map<String, Set<Profile>>> lookup) {
    EventAnnouncer announcer =
        new EventAnnouncer(gateway.bean(EventRenderer.class), publisher, lookup);
    return new Relay(
        gateway.bean(UnitOfWork.class),
        gateway.bean(ChangeLog.class),
        announcer::announce,
        it -> {});
  }

  private Map<String, Set<Profile>> lookup(Set<String> tenants) {
    return gateway.bean(Subscriptions.class).profiles(tenants);
  }
}
