package io.gatehouse.broker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.Instance;
import io.gatehouse.delivery.Profile;
import io.gatehouse.scim.Json;
import java.time.Duration;
import org.apache.activemq.artemis.api.core.ActiveMQException;
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

  /**
   * How long an event waits for its subscriber, and a dead letter for its administrator. Both times
   * together end within the default retention, so that no queue keeps personal data longer. When
   * data is erased sooner, unread events of the user stay queued, followed by the event of the
   * erasure.
   */
  static final Duration KEPT = Duration.ofDays(30);

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /**
   * The part of an address in memory, in bytes; the rest is paged to disk. Each address has a limit
   * of its own and there is no global one, so that the backlogs of subscribers take no memory from
   * commands. All limits together fit into a heap of 512 MiB.
   */
  private static final long IN_MEMORY = 8 * MIB;

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
    inSession(
        session -> {
          settings(session, "#", unrouted());
          settings(session, COMMANDS, inOrder());
          settings(session, SIGNALS, inOrder());
          settings(session, "gatehouse.changes.#", changes());
          settings(session, FAILED, expiring());
          settings(session, DEAD, expiring());
          settings(session, EXPIRED, expiring());
          queue(session, anycast(DEAD));
          queue(session, anycast(EXPIRED));
          queue(session, anycast(COMMANDS));
          queue(session, anycast(SIGNALS));
          queue(session, replies(instance.replyQueue()));
          for (Profile profile : Profile.values()) {
            address(session, SimpleString.of(profile.address()), RoutingType.MULTICAST);
          }
          address(session, SimpleString.of(FAILED), RoutingType.MULTICAST);
        });
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
    try (ServerLocator locator = locator();
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

  private ServerLocator locator() throws Exception {
    ServerLocator locator = ActiveMQClient.createServerLocator(connection.url());
    locator.setCallTimeout(5_000);
    return locator.setReconnectAttempts(0).setInitialConnectAttempts(1);
  }

  /** Work in one session. */
  interface Work {
    void with(ClientSession session) throws Exception;
  }

  private static void settings(ClientSession session, String match, ObjectNode settings)
      throws Exception {
    BrokerManagement.broker(session, "addAddressSettings", match, Json.text(settings));
  }

  /**
   * Common settings. Pages are small, since a queue with a consumer holds a whole page in memory.
   */
  private static ObjectNode unrouted() {
    return Json.object()
        .put("addressFullMessagePolicy", "PAGE")
        .put("maxSizeBytes", IN_MEMORY)
        .put("pageSizeBytes", PAGE)
        .put("prefetchPageBytes", PAGE / 2)
        .put("maxReadPageBytes", 10 * MIB)
        .put("autoCreateQueues", false)
        .put("autoCreateAddresses", false)
        .put("autoDeleteQueues", false)
        .put("autoDeleteAddresses", false)
        .put("deadLetterAddress", DEAD)
        .put("expiryAddress", EXPIRED)
        .put("diskFullMessagePolicy", "FAIL");
  }

  /**
   * Settings of the ordered queues. A rollback keeps the order of a group only without a redelivery
   * delay, and messages are redelivered without limit. Only probes have a time to live; an expired
   * probe is dropped.
   */
  private static ObjectNode inOrder() {
    return unrouted()
        .put("expiryAddress", "")
        .put("maxDeliveryAttempts", -1)
        .put("redeliveryDelay", 0)
        .put("addressFullMessagePolicy", "FAIL")
        .put("maxSizeBytes", 64L * MIB)
        .put("defaultGroupBuckets", 1024)
        .put("defaultGroupRebalance", true)
        .put("defaultGroupRebalancePauseDispatch", true);
  }

  /**
   * Settings of the events. Events that find no room on disk wait in the database, until {@code
   * LagMonitor} empties the longest queue.
   */
  private ObjectNode changes() {
    return expiring()
        .put("pageLimitBytes", disk)
        .put("pageFullMessagePolicy", "FAIL")
        .put("deadLetterAddress", FAILED)
        .put("maxDeliveryAttempts", 5)
        .put("redeliveryDelay", 0)
        .put("idCacheSize", 50_000)
        .put("defaultGroupBuckets", 1024);
  }

  /** Messages that are not read in time are dropped, because the expiry address is empty. */
  private static ObjectNode expiring() {
    return unrouted().put("expiryDelay", KEPT.toMillis()).put("expiryAddress", "");
  }

  static QueueConfiguration anycast(String name) {
    return QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST).setDurable(true);
  }

  static void queue(ClientSession session, QueueConfiguration queue) throws ActiveMQException {
    if (!session.queueQuery(queue.getName()).isExists()) {
      address(session, queue.getAddress(), queue.getRoutingType());
      session.createQueue(queue.setAutoCreated(false));
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
