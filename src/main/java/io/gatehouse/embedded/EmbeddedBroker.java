package io.gatehouse.embedded;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.PrivateFolder;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.broker.BrokerTopology;
import io.gatehouse.signin.SignIns;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQBasicSecurityManager;
import org.apache.activemq.artemis.utils.PasswordMaskingUtil;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/**
 * An Artemis broker with its journal in {@code data/broker}. Spring Boot's own embedded broker
 * takes no security manager, so it could not keep subscribers' users.
 */
final class EmbeddedBroker implements AutoCloseable {

  static final String USER = "gatehouse";

  /** How long the start waits for the journal's lock of a process that is ending. */
  private static final int LOCK_MILLIS = 20_000;

  private static final int STOP_SECONDS = 30;

  /** Bytes of a disk that are left to PostgreSQL; below that, commands are refused. */
  private static final long MIN_DISK_FREE = 1L << 30;

  /** Of a small disk, this part is left. */
  private static final int PART = 10;

  private final int id = UUID.randomUUID().hashCode() & Integer.MAX_VALUE;
  private final String password = UUID.randomUUID().toString();
  private final Path data;
  private final Door door;
  private final SignIns signIns;
  private final int port;
  private volatile EmbeddedActiveMQ server;

  private EmbeddedBroker(Path data, Door door, SignIns signIns) throws Exception {
    this.data = data;
    this.door = door;
    this.signIns = signIns;
    this.server = launch(door);
    this.port =
        ((NettyAcceptor) server().getRemotingService().getAcceptor("subscribers")).getActualPort();
  }

  /**
   * The acceptor for subscribers.
   *
   * @param address the address of the listener
   * @param port 0 for any
   */
  record Door(String address, int port, GatehouseProperties.Tls tls) {}

  static EmbeddedBroker start(DataFolder folder, Door door, SignIns signIns) throws Exception {
    return new EmbeddedBroker(folder.path().resolve("broker"), door, signIns);
  }

  /** Whether the server is neither stopping nor stopped. */
  boolean isRunning() {
    return server().isStarted();
  }

  /**
   * Starts a server on the same data after the previous one has ended by itself. Clients find it at
   * the same address, with the same credentials.
   *
   * @throws Exception when the old server does not stop, or the new one does not start
   */
  void restart() throws Exception {
    long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    while (server().getState() != ActiveMQServer.SERVER_STATE.STOPPED) {
      if (System.nanoTime() > last) {
        throw new IllegalStateException("it is still stopping after " + STOP_SECONDS + " s");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    server = launch(new Door(door.address(), port, door.tls()));
  }

  /** The server, for tests that break it. */
  ActiveMQServer server() {
    return server.getActiveMQServer();
  }

  private EmbeddedActiveMQ launch(Door door) throws Exception {
    EmbeddedActiveMQ server = new Server();
    server.setSecurityManager(security());
    server.setConfiguration(configuration(data, door, id));
    server.start();
    if (!server.getActiveMQServer().isActive()) {
      server.stop();
      throw new StartupRefusedException(
          "Broker port " + door.port() + " is taken by another process.");
    }
    return server;
  }

  private ActiveMQBasicSecurityManager security() throws Exception {
    WatchedUsers security = new WatchedUsers(signIns);
    security.init(
        Map.of(
            ActiveMQBasicSecurityManager.BOOTSTRAP_USER, USER,
            ActiveMQBasicSecurityManager.BOOTSTRAP_PASSWORD,
                PasswordMaskingUtil.getHashProcessor().hash(password),
            ActiveMQBasicSecurityManager.BOOTSTRAP_ROLE, USER));
    return security;
  }

  private static long minDiskFree(long total) {
    return total == 0 ? MIN_DISK_FREE : Math.min(MIN_DISK_FREE, total / PART);
  }

  private static Configuration configuration(Path data, Door door, int id) throws Exception {
    Configuration broker = new ConfigurationImpl();
    broker.setName("gatehouse");
    broker.setJournalDirectory(data.resolve("journal").toString());
    broker.setBindingsDirectory(data.resolve("bindings").toString());
    broker.setPagingDirectory(data.resolve("paging").toString());
    broker.setLargeMessagesDirectory(data.resolve("large").toString());
    broker.setJournalType(JournalType.NIO);
    broker.setJournalBufferTimeout_NIO(JournalSync.nanos(data));
    broker.setJournalLockAcquisitionTimeout(LOCK_MILLIS);
    // A server that has been stuck for two minutes ends, so that it is started again.
    broker.setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.SHUTDOWN);
    // A percentage of a large disk would be too much, and commands would be refused despite free
    // space.
    broker.setMaxDiskUsage(-1);
    broker.setMinDiskFree(minDiskFree(data.toFile().getTotalSpace()));
    // Each address has a limit of its own; see Broker.
    broker.setGlobalMaxSize(-1);
    // Only the core protocol and AMQP, which Server adds.
    broker.setResolveProtocols(false);
    broker.setJMXManagementEnabled(false);
    broker.setAmqpUseCoreSubscriptionNaming(true);
    broker.addAddressSetting("#", withDeadLetters());
    broker.setSecurityEnabled(true);
    broker.putSecurityRoles("#", Set.of(everything()));
    broker.addAcceptorConfiguration("gateway", "vm://" + id);
    broker.addAcceptorConfiguration(subscribers(door, data));
    return broker;
  }

  /** The settings for the first messages; {@link BrokerTopology#declare} adds the rest. */
  private static AddressSettings withDeadLetters() {
    return new AddressSettings()
        .setDeadLetterAddress(SimpleString.of(BrokerTopology.DEAD))
        .setExpiryAddress(SimpleString.of(BrokerTopology.EXPIRED));
  }

  private static Role everything() {
    return new Role(USER, true, true, true, true, true, true, true, true, true, true, true, true);
  }

  private static TransportConfiguration subscribers(Door door, Path data) throws IOException {
    Map<String, Object> acceptor = new HashMap<>(SubscriberAcceptor.LIMITS);
    acceptor.put(TransportConstants.HOST_PROP_NAME, door.address());
    acceptor.put(TransportConstants.PORT_PROP_NAME, door.port());
    if (door.tls().isOn()) {
      acceptor.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
      acceptor.put(TransportConstants.SSL_AUTO_RELOAD_PROP_NAME, true);
      acceptor.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PEMCFG");
      acceptor.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, keys(door.tls(), data).toString());
    }
    return new TransportConfiguration(
        SubscriberAcceptorFactory.class.getName(), acceptor, "subscribers");
  }

  /** The PEM configuration file that names the key and the certificate for Artemis. */
  private static Path keys(GatehouseProperties.Tls tls, Path data) throws IOException {
    Path file = data.resolve("tls.pemcfg");
    Properties sources = new Properties();
    sources.setProperty("source.key", Objects.requireNonNull(tls.key()).toRealPath().toString());
    sources.setProperty(
        "source.cert", Objects.requireNonNull(tls.certificate()).toRealPath().toString());
    StringWriter text = new StringWriter();
    sources.store(text, null);
    PrivateFolder.keep(file, text.toString());
    return file;
  }

  /** The server: gateways use the core protocol inside the process, subscribers use AMQP. */
  private static final class Server extends EmbeddedActiveMQ {
    @Override
    public void createActiveMQServer() throws Exception {
      super.createActiveMQServer();
      activeMQServer.addProtocolManagerFactory(new SubscriberProtocol());
    }
  }

  String url() {
    return "vm://" + id;
  }

  String password() {
    return password;
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
