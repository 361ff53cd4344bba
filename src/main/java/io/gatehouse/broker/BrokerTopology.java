package io.gatehouse.broker;

import io.gatehouse.Instance;
import io.gatehouse.broker.BrokerRule.Breach;
import io.gatehouse.delivery.Profile;
import io.gatehouse.scim.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQQueueExistsException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/**
 * Declares the addresses, queues and settings of the gateway through the management API, the same
 * for an embedded and an external broker.
 */
public final class BrokerTopology {

  public static final String COMMANDS = "commands";
  public static final String SIGNALS = "signals";
  public static final String DEAD = "gatehouse.dead";
  public static final String EXPIRED = "gatehouse.expired";

  /** The address of dead letters of subscribers. */
  static final String FAILED = "gatehouse.failed";

  static final String CHANGES = "gatehouse.changes.#";

  /** The durable queues, beside those of subscribers. */
  static final List<String> QUEUES = List.of(DEAD, EXPIRED, COMMANDS, SIGNALS);

  /**
   * How long an event waits for its subscriber, and a dead letter for its administrator. Both times
   * together end within the default retention, so that no queue keeps personal data longer. When
   * data is erased sooner, unread events of the user stay queued, followed by the event of the
   * erasure.
   */
  static final Duration KEPT = Duration.ofDays(30);

  private static final int KIB = 1024;
  private static final long START_MILLIS = 20_000;

  /**
   * Size of a page in bytes. A queue with a consumer holds one page in memory, and each consumer
   * may hold another one.
   */
  static final int PAGE = 512 * KIB;

  private final BrokerConnection connection;
  private final long disk;

  /**
   * Creates a topology; declares nothing yet.
   *
   * @param disk maximum number of bytes of one profile's events on disk; further events are refused
   */
  public BrokerTopology(BrokerConnection connection, long disk) {
    this.connection = connection;
    this.disk = disk;
  }

  /**
   * Declares addresses, queues and settings; existing ones stay. A restarted broker has lost those
   * that are not durable.
   */
  public void declare(Instance instance) {
    inSession(session -> declare(session, instance));
  }

  /**
   * Declares the same at a broker of others, unless a setting there contradicts.
   *
   * @return what breaks a promise of the gateway: before, so that nothing was declared, or still
   */
  List<Breach> declareChecked(Instance instance) {
    List<Breach> breaches = new ArrayList<>();
    inSession(
        BrokerTopology::patient,
        session -> {
          BrokerCheck check = new BrokerCheck(session, policies());
          breaches.addAll(check.contradictions());
          if (breaches.isEmpty()) {
            declare(session, instance);
            breaches.addAll(check.breaches());
          }
          if (breaches.isEmpty()) {
            check.warnOfAMissingBackup();
          }
        });
    return breaches;
  }

  /**
   * At the start nobody waits for an answer, and a busy broker is no reason to give up. A call that
   * the user may not make is answered only where the send is.
   */
  private static void patient(ServerLocator locator) {
    locator.setBlockOnNonDurableSend(true).setCallTimeout(START_MILLIS);
  }

  private void declare(ClientSession session, Instance instance) throws Exception {
    settings(session, "#", AddressPolicy.common());
    for (var each : policies().entrySet()) {
      settings(session, each.getKey(), each.getValue());
    }
    for (String each : QUEUES) {
      queue(session, anycast(each));
    }
    queue(session, replies(instance.replyQueue()));
    for (Profile profile : Profile.values()) {
      address(session, SimpleString.of(profile.address()), RoutingType.MULTICAST);
    }
    address(session, SimpleString.of(FAILED), RoutingType.MULTICAST);
  }

  private static void settings(ClientSession session, String match, AddressPolicy policy)
      throws Exception {
    BrokerManagement.broker(session, "addAddressSettings", match, Json.text(policy.json()));
  }

  /** What holds for which addresses; those of the profiles share one. */
  Map<String, AddressPolicy> policies() {
    Map<String, AddressPolicy> policies = new LinkedHashMap<>();
    policies.put(COMMANDS, AddressPolicy.inOrder());
    policies.put(SIGNALS, AddressPolicy.inOrder());
    policies.put(CHANGES, AddressPolicy.changes(disk));
    policies.put(FAILED, AddressPolicy.expiring());
    policies.put(DEAD, AddressPolicy.expiring());
    policies.put(EXPIRED, AddressPolicy.expiring());
    return policies;
  }

  /** Declares only the queue of replies, which a broker loses when it restarts. */
  public void declareReplies(String replyQueue) {
    inSession(session -> queue(session, replies(replyQueue)));
  }

  private static QueueConfiguration replies(String name) {
    return anycast(name).setDurable(false).setAutoDelete(true);
  }

  /** The port for subscribers' connections. */
  int publicPort() {
    return connection.publicPort();
  }

  /** Whether subscribers connect by TLS. */
  boolean isEncrypted() {
    return connection.encrypted();
  }

  /** Whether the events of a profile take up at least nine tenths of their permitted disk space. */
  boolean isNearlyFull(ClientSession session, String address) throws Exception {
    Object pages = BrokerManagement.ofAddress(session, address, "numberOfPages");
    return pages instanceof Number number && number.longValue() * PAGE >= disk / 10 * 9;
  }

  void inSession(Work work) {
    inSession(locator -> {}, work);
  }

  private void inSession(Consumer<ServerLocator> options, Work work) {
    try (ServerLocator locator = locator(options);
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session =
            factory.createSession(
                connection.user(), connection.password(), false, true, true, false, 0)) {
      session.start();
      work.with(session);
    } catch (Exception e) {
      throw new BrokerUnavailableException("The broker cannot be used: " + e.getMessage(), e);
    }
  }

  private ServerLocator locator(Consumer<ServerLocator> options) throws Exception {
    ServerLocator locator = ActiveMQClient.createServerLocator(connection.url());
    locator.setCallTimeout(5_000).setReconnectAttempts(0).setInitialConnectAttempts(1);
    options.accept(locator);
    return locator;
  }

  /** Work in one session. */
  interface Work {
    void with(ClientSession session) throws Exception;
  }

  static QueueConfiguration anycast(String name) {
    return QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST).setDurable(true);
  }

  static void queue(ClientSession session, QueueConfiguration queue) throws ActiveMQException {
    if (!session.queueQuery(queue.getName()).isExists()) {
      address(session, queue.getAddress(), queue.getRoutingType());
      create(session, queue);
    }
  }

  private static void create(ClientSession session, QueueConfiguration queue)
      throws ActiveMQException {
    try {
      session.createQueue(queue.setAutoCreated(false));
    } catch (ActiveMQQueueExistsException e) {
      // another gateway has made it meanwhile
    }
  }

  /** Removes a queue with its consumers, if it exists. */
  static void drop(ClientSession session, String queue) throws Exception {
    if (session.queueQuery(SimpleString.of(queue)).isExists()) {
      BrokerManagement.broker(session, "destroyQueue", queue, true, false);
    }
  }

  private static void address(ClientSession session, SimpleString name, RoutingType type)
      throws ActiveMQException {
    if (!session.addressQuery(name).isExists()) {
      session.createAddress(name, type, false);
    }
  }
}
