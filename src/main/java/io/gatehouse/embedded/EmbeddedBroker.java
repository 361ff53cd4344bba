package io.gatehouse.embedded;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.PrivateFolder;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.broker.Broker;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQBasicSecurityManager;
import org.apache.activemq.artemis.utils.PasswordMaskingUtil;

/**
 * An Artemis broker with its journal in {@code data/broker}. Spring Boot's own embedded broker
 * takes no security manager, so it could not keep subscribers' users.
 */
final class EmbeddedBroker implements AutoCloseable {

  static final String USER = "gatehouse";

  private final EmbeddedActiveMQ server;
  private final String password;
  private final int id;

  private EmbeddedBroker(EmbeddedActiveMQ server, String password, int id) {
    this.server = server;
    this.password = password;
    this.id = id;
  }

  /**
   * Where subscribers come in.
   *
   * @param address that it listens at
   * @param port 0 for any
   */
  record Door(String address, int port, GatehouseProperties.Tls tls) {}

  static EmbeddedBroker start(DataFolder folder, Door door) throws Exception {
    int id = UUID.randomUUID().hashCode() & Integer.MAX_VALUE;
    String password = UUID.randomUUID().toString();
    ActiveMQBasicSecurityManager security = new ActiveMQBasicSecurityManager();
    security.init(
        Map.of(
            ActiveMQBasicSecurityManager.BOOTSTRAP_USER, USER,
            ActiveMQBasicSecurityManager.BOOTSTRAP_PASSWORD,
                PasswordMaskingUtil.getHashProcessor().hash(password),
            ActiveMQBasicSecurityManager.BOOTSTRAP_ROLE, USER));
    EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    server.setSecurityManager(security);
    server.setConfiguration(configuration(folder.path().resolve("broker"), door, id));
    server.start();
    if (!server.getActiveMQServer().isActive()) {
      server.stop();
      throw new StartupRefusedException(
          "Broker port " + door.port() + " is taken by another process.");
    }
    return new EmbeddedBroker(server, password, id);
  }

  private static Configuration configuration(Path data, Door door, int id) throws Exception {
    Configuration broker = new ConfigurationImpl();
    broker.setName("gatehouse");
    broker.setJournalDirectory(data.resolve("journal").toString());
    broker.setBindingsDirectory(data.resolve("bindings").toString());
    broker.setPagingDirectory(data.resolve("paging").toString());
    broker.setLargeMessagesDirectory(data.resolve("large").toString());
    broker.setJournalType(JournalType.NIO);
    broker.setMaxDiskUsage(90);
    broker.setJMXManagementEnabled(false);
    broker.setAmqpUseCoreSubscriptionNaming(true);
    broker.addAddressSetting("#", withDeadLetters());
    broker.setSecurityEnabled(true);
    broker.putSecurityRoles("#", Set.of(everything()));
    broker.addAcceptorConfiguration("gateway", "vm://" + id);
    broker.addAcceptorConfiguration(subscribers(door, data));
    return broker;
  }

  /** From the first message on; {@link Broker#declare} adds the rest. */
  private static AddressSettings withDeadLetters() {
    return new AddressSettings()
        .setDeadLetterAddress(SimpleString.of(Broker.DEAD))
        .setExpiryAddress(SimpleString.of(Broker.EXPIRED));
  }

  private static Role everything() {
    return new Role(USER, true, true, true, true, true, true, true, true, true, true, true, true);
  }

  private static TransportConfiguration subscribers(Door door, Path data) throws IOException {
    Map<String, Object> acceptor = new HashMap<>();
    acceptor.put(TransportConstants.HOST_PROP_NAME, door.address());
    acceptor.put(TransportConstants.PORT_PROP_NAME, door.port());
    acceptor.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE,AMQP");
    if (door.tls().isOn()) {
      acceptor.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
      acceptor.put(TransportConstants.SSL_AUTO_RELOAD_PROP_NAME, true);
      acceptor.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PEMCFG");
      acceptor.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, keys(door.tls(), data).toString());
    }
    return new TransportConfiguration(
        NettyAcceptorFactory.class.getName(), acceptor, "subscribers");
  }

  /** The file that tells Artemis of both. */
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

  String url() {
    return "vm://" + id;
  }

  String password() {
    return password;
  }

  int port() {
    return ((org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor)
            server.getActiveMQServer().getRemotingService().getAcceptor("subscribers"))
        .getActualPort();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
