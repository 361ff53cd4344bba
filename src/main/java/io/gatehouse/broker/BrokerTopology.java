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
    inSession(SessionLimits.START, broker -> declare(broker, instance));
  }

  /**
   * Declares the same at a broker of others, unless a setting there contradicts.
   *
   * @return what breaks a promise of the gateway: before, so that nothing was declared, or still
   */
  List<Breach> declareChecked(Instance instance) {
    List<Breach> breaches = new ArrayList<>();
    inSession(
        SessionLimits.START,
        broker -> {
          BrokerCheck check = new BrokerCheck(broker, policies());
          breaches.addAll(check.contradictions());
          if (breaches.isEmpty()) {
            declare(broker, instance);
            breaches.addAll(check.breaches());
          }
          if (breaches.isEmpty()) {
            check.warnOfAMissingBackup();
          }
        });
    return breaches;
  }

  private void declare(BrokerManagement broker, Instance instance) throws Exception {
    settings(broker, "#", AddressPolicy.common());
    for (var each : policies().entrySet()) {
      settings(broker, each.getKey(), each.getValue());
    }
    for (String each : QUEUES) {
      queue(broker, anycast(each));
    }
    queue(broker, replies(instance.replyQueue()));
    for (Profile profile : Profile.values()) {
      address(broker, SimpleString.of(profile.address()), RoutingType.MULTICAST);
    }
    address(broker, SimpleString.of(FAILED), RoutingType.MULTICAST);
  }

  private static void settings(BrokerManagement broker, String match, AddressPolicy policy)
      throws Exception {
    broker.broker("addAddressSettings", match, Json.text(policy.json()));
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
    inSession(broker -> queue(broker, replies(replyQueue)));
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
  boolean isNearlyFull(BrokerManagement broker, String address) throws Exception {
    Object pages = broker.ofAddress(address, "numberOfPages");
    return pages instanceof Number number && number.longValue() * PAGE >= disk / 10 * 9;
  }

  /** Works in a session of its own while a caller waits. */
  void inSession(Work work) {
    inSession(SessionLimits.WAITED_FOR, work);
  }

  void inSession(SessionLimits limits, Work work) {
    try (ServerLocator locator = locator(limits);
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session =
            factory.createSession(
                connection.user(), connection.password(), false, true, true, false, 0)) {
      session.start();
      work.with(new BrokerManagement(session, limits));
    } catch (Exception e) {
      throw new BrokerUnavailableException("The broker cannot be used: " + e.getMessage(), e);
    }
  }

  private ServerLocator locator(SessionLimits limits) throws Exception {
    ServerLocator locator = ActiveMQClient.createServerLocator(connection.url());
    limits.limit(locator);
    return locator;
  }

  /** Work in one session. */
  interface Work {
    void with(BrokerManagement broker) throws Exception;
  }

  static QueueConfiguration anycast(String name) {
    return QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST).setDurable(true);
  }

  static void queue(BrokerManagement broker, QueueConfiguration queue) throws ActiveMQException {
    if (!broker.session().queueQuery(queue.getName()).isExists()) {
      address(broker, queue.getAddress(), queue.getRoutingType());
      create(broker, queue);
    }
  }

  private static void create(BrokerManagement broker, QueueConfiguration queue)
      throws ActiveMQException {
    try {
      broker.session().createQueue(queue.setAutoCreated(false));
    } catch (ActiveMQQueueExistsException e) {
      // another gateway has made it meanwhile
    }
  }

  /** Removes a queue with its consumers, if it exists. */
  static void drop(BrokerManagement broker, String queue) throws Exception {
    if (broker.session().queueQuery(SimpleString.of(queue)).isExists()) {
      broker.broker("destroyQueue", queue, true, false);
    }
  }

  private static void address(BrokerManagement broker, SimpleString name, RoutingType type)
      throws ActiveMQException {
    if (!broker.session().addressQuery(name).isExists()) {
      broker.session().createAddress(name, type, false);
    }
  }
}
