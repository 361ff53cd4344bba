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
 * Declares what the gateway needs on the broker, through management, the same way embedded or not.
 */
public final class BrokerTopology {

  public static final String COMMANDS = "commands";
  public static final String SIGNALS = "signals";
  public static final String DEAD = "gatehouse.dead";
  public static final String EXPIRED = "gatehouse.expired";

  /** What subscribers have failed to process. */
  static final String FAILED = "gatehouse.failed";

  /**
   * How long an event waits for its subscriber, and once more if the subscriber fails it. Both
   * together end within the usual retention, so that no queue remembers somebody for longer; when
   * data is erased sooner, what a subscriber has not read yet waits for it with the news of that.
   */
  static final Duration KEPT = Duration.ofDays(30);

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /**
   * What of an address is in memory before the rest goes to pages on disk. Each address has a limit
   * of its own and the broker has none for all together, so that whatever waits for subscribers
   * takes no room from commands. All limits together fit into a heap of 512 MiB.
   */
  private static final long IN_MEMORY = 8 * MIB;

  /** Of one page. A queue that is read holds one in memory, and each may hold another one. */
  static final int PAGE = 512 * KIB;

  private final BrokerConnection connection;
  private final long disk;

  /**
   * Makes a broker.
   *
   * @param disk bytes that the events of one profile may take up there; the next are not taken
   */
  public BrokerTopology(BrokerConnection connection, long disk) {
    this.connection = connection;
    this.disk = disk;
  }

  /**
   * Declares addresses, queues and settings; does nothing where they are already there. A broker
   * that was started again has forgotten what is not durable.
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

  /** Declares the queue of replies alone, which a broker forgets when it is started again. */
  public void declareReplies(String replyQueue) {
    inSession(session -> queue(session, replies(replyQueue)));
  }

  private static QueueConfiguration replies(String name) {
    return anycast(name).setDurable(false).setAutoDelete(true);
  }

  /** Where subscribers connect. */
  int publicPort() {
    return connection.publicPort();
  }

  /** Whether they do so by TLS. */
  boolean isEncrypted() {
    return connection.encrypted();
  }

  /** Whether the events of a profile take up nine tenths of what they may on disk, or more. */
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

  /** Something done in one session. */
  interface Work {
    void with(ClientSession session) throws Exception;
  }

  private static void settings(ClientSession session, String match, ObjectNode settings)
      throws Exception {
    BrokerManagement.broker(session, "addAddressSettings", match, Json.text(settings));
  }

  /** Small pages, since a queue that is read holds a whole one. */
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
   * Order per group survives a rollback only without a redelivery delay; nothing is ever given up
   * on. Only what changes nothing, a probe, expires, and then it is gone.
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

  /** Events that find no room on disk wait in the database, and {@code Watch} makes room. */
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

  /** What is not read in time is gone; an empty address is none. */
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

  /** Takes a queue away with its consumers, if it is there. */
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
