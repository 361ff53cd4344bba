package io.gatehouse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.Instance;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.broker.QueueBacklogs.Backlog;
import io.gatehouse.embedded.BrokerServer;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Ports;
import io.gatehouse.support.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.core.config.DivertConfiguration;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.HierarchicalObjectRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The start with a broker that runs on {@code docker/artemis/broker.xml}, and with changes to it.
 */
class ExternalBrokerTest {

  private static final String PASSWORD = "a-password-of-the-broker";

  @TempDir static Path folder;
  private static EmbeddedActiveMQ broker;
  private static FileConfiguration file;

  @BeforeAll
  static void startTheBrokerOfTheFile() throws Exception {
    ((Logger) LoggerFactory.getLogger("org.apache.activemq.audit")).setLevel(Level.OFF);
    file = BrokerServer.configuration(folder);
    file.setMaxDiskUsage(100);
    file.addAcceptorConfiguration("gateways", "vm://4711");
    for (String each : List.of("gatehouse.#", "commands", "signals", "activemq.management")) {
      file.putSecurityRoles(each, Set.of(role("gatehouse", true), role("reader", false)));
    }
    broker = new EmbeddedActiveMQ();
    broker.setSecurityManager(BrokerServer.users(PASSWORD));
    broker.setConfiguration(file);
    broker.start();
  }

  private static Role role(String name, boolean manages) {
    return new Role(
        name, true, true, true, true, true, true, manages, true, true, true, false, false);
  }

  @AfterAll
  static void stop() throws Exception {
    broker.stop();
  }

  private static ActiveMQServer server() {
    return broker.getActiveMQServer();
  }

  private static void start(String url, String user, String password) {
    BrokerConnection connection = new BrokerConnection(url, user, password, 61616, false);
    ExternalBroker.prepare(
        new BrokerTopology(connection, 20L << 30),
        connection,
        new Instance(UUID.randomUUID().toString()));
  }

  private static void start() {
    start("vm://4711", "gatehouse", PASSWORD);
  }

  private static void assertRefused(String sentence) {
    assertThatThrownBy(ExternalBrokerTest::start)
        .isInstanceOf(StartupRefusedException.class)
        .hasMessage("At the external broker, " + sentence);
  }

  @Test
  void acceptsTheFileOfTheImage() throws Exception {
    Map<String, AddressPolicy> addresses =
        BrokerCheck.byAddress(new BrokerTopology(null, 20L << 30).policies());
    HierarchicalObjectRepository<AddressSettings> inTheFile = new HierarchicalObjectRepository<>();
    file.getAddressSettings().forEach(inTheFile::addMatch);
    for (var each : addresses.entrySet()) {
      JsonNode settings = Json.MAPPER.readTree(inTheFile.getMatch(each.getKey()).toJSON());
      assertThat(each.getValue().breaches(each.getKey(), settings)).isEmpty();
      each.getValue()
          .sizes()
          .forEach(
              (name, size) ->
                  assertThat(settings.path(name).asText())
                      .as(each.getKey() + " " + name)
                      .isEqualTo(size.toString()));
    }

    assertThatCode(ExternalBrokerTest::start).doesNotThrowAnyException();
    assertThatCode(ExternalBrokerTest::start).as("a second gateway").doesNotThrowAnyException();
  }

  /** A stuck consumer holds all messages of a short queue, which has no first one then. */
  @Test
  void knowsHowLongAQueueStandsStillWhoseMessagesAreHeldByAConsumer() throws Exception {
    start();
    SettableClock clock = new SettableClock();
    BrokerTopology topology =
        new BrokerTopology(
            new BrokerConnection("vm://4711", "gatehouse", PASSWORD, 61616, false), 20L << 30);
    QueueBacklogs backlogs = new QueueBacklogs(topology, clock);
    topology.inSession(
        management -> {
          ClientSession session = management.session();
          session.createProducer("commands").send(session.createMessage(true));
          session.start();
          ClientConsumer consumer = session.createConsumer("commands");
          ClientMessage held = consumer.receive(5_000);
          assertThat(held).isNotNull();
          assertThat(backlogs.read().get("commands")).isEqualTo(new Backlog(1, Duration.ZERO));
          clock.tick(Duration.ofMinutes(3));
          assertThat(backlogs.read().get("commands"))
              .isEqualTo(new Backlog(1, Duration.ofMinutes(3)));
          held.individualAcknowledge();
          session.commit();
        });
    assertThat(backlogs.read().get("commands")).isEqualTo(new Backlog(0, Duration.ZERO));
  }

  @Test
  void refusesASettingOfCommandsInsteadOfOverwritingIt() {
    AddressSettings slow = new AddressSettings().setRedeliveryDelay(5_000);
    AddressSettings before = server().getAddressSettingsRepository().getMatch("commands");
    server().getAddressSettingsRepository().addMatch("commands", slow);
    try {
      assertRefused(
          "the address 'commands' has redelivery-delay = 5000, which must be 0, or a change could"
              + " overtake an older one of the same user.");
    } finally {
      server().getAddressSettingsRepository().addMatch("commands", before);
    }
  }

  @Test
  void refusesASettingOfAMoreSpecificAddressWhichItCannotOverwrite() {
    AddressSettings brief = new AddressSettings().setMaxExpiryDelay(1_000L).setRedeliveryDelay(500);
    server().getAddressSettingsRepository().addMatch("gatehouse.changes.hr", brief);
    try {
      assertRefused(
          "the address 'gatehouse.changes.hr' has max-expiry-delay = 1000, which must be -1, or"
              + " events could expire before their subscriber counts as lagging; also wrong:"
              + " redelivery-delay = 500 at the address 'gatehouse.changes.hr'.");
    } finally {
      server().getAddressSettingsRepository().removeMatch("gatehouse.changes.hr");
    }
  }

  @Test
  void refusesAQueueThatOthersHaveMadeSmall() throws Exception {
    start();
    server().destroyQueue(SimpleString.of("signals"));
    server()
        .createQueue(
            QueueConfiguration.of("signals")
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(false)
                .setRingSize(10L));
    try {
      assertRefused(
          "the queue 'signals' has durable = false, which must be true, or a restart would lose"
              + " messages; also wrong: ring-size = 10 at the queue 'signals'.");
    } finally {
      server().destroyQueue(SimpleString.of("signals"));
    }
    start();
  }

  @Test
  void refusesADivertThatTakesCommandsAway() throws Exception {
    server()
        .deployDivert(
            new DivertConfiguration()
                .setName("thief")
                .setAddress("commands")
                .setForwardingAddress("gatehouse.elsewhere")
                .setExclusive(true));
    try {
      assertRefused(
          "the divert 'thief' has exclusive = true, which must be false, or messages could be"
              + " lost.");
    } finally {
      server().destroyDivert(SimpleString.of("thief"));
    }
  }

  @Test
  void refusesABrokerWithoutSyncedJournal() {
    file.setJournalSyncNonTransactional(false);
    try {
      assertRefused(
          "the broker has journal-sync-non-transactional = false, which must be true, or a crash"
              + " could lose accepted changes.");
    } finally {
      file.setJournalSyncNonTransactional(true);
    }
  }

  @Test
  void saysThatItsUserMayNotReadTheSettings() throws Exception {
    server().getActiveMQServerControl().addUser("reader", "reader-password", "reader", true);
    assertThatThrownBy(() -> start("vm://4711", "reader", "reader-password"))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageStartingWith(
            "The external broker does not let the user 'reader' read and make its settings")
        .hasMessageContaining("manage")
        .hasMessageNotContaining("reader-password");
  }

  @Test
  void saysThatThePasswordIsWrongWithoutIt() {
    assertThatThrownBy(() -> start("vm://4711?x=secret", "gatehouse", "wrong-password"))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessage(
            "The external broker at vm://4711 does not accept the user 'gatehouse' with the"
                + " password of GATEHOUSE_BROKER_PASSWORD.");
  }

  @Test
  void saysThatNobodyListens() {
    String url = "(tcp://localhost:" + Ports.free() + "?keyStorePassword=secret)";
    assertThatThrownBy(() -> start(url, "gatehouse", PASSWORD))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageStartingWith("The external broker at (tcp://localhost:")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining(PASSWORD);
  }

  @Test
  void saysThatTheUrlIsNoneWithoutItsPasswords() {
    assertThatThrownBy(() -> start("tcp://a b?keyStorePassword=secret x", "gatehouse", PASSWORD))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageContaining("GATEHOUSE_BROKER_URL is not such as")
        .hasMessageNotContaining("secret");
  }
}
