package io.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.spi.core.security.ActiveMQBasicSecurityManager;
import org.slf4j.LoggerFactory;

/** The main class of a broker that runs on {@code docker/artemis/broker.xml}. */
public final class BrokerServer {

  private BrokerServer() {}

  /**
   * Reads the file, but for folders and ports.
   *
   * @param data folder of the journal
   */
  public static FileConfiguration configuration(Path data) throws Exception {
    FileConfiguration file = new FileConfiguration();
    FileDeploymentManager files =
        new FileDeploymentManager(Path.of("docker/artemis/broker.xml").toUri().toString());
    files.addDeployable(file);
    files.readConfiguration();
    file.setJournalDirectory(data.resolve("journal").toString());
    file.setBindingsDirectory(data.resolve("bindings").toString());
    file.setPagingDirectory(data.resolve("paging").toString());
    file.setLargeMessagesDirectory(data.resolve("large").toString());
    file.setJMXManagementEnabled(false);
    file.setResolveProtocols(false);
    file.clearAcceptorConfigurations();
    return file;
  }

  /** As {@code docker/artemis/bootstrap.xml} has it. */
  public static ActiveMQBasicSecurityManager users(String password) {
    ActiveMQBasicSecurityManager users = new ActiveMQBasicSecurityManager();
    users.init(
        Map.of(
            ActiveMQBasicSecurityManager.BOOTSTRAP_USER, "gatehouse",
            ActiveMQBasicSecurityManager.BOOTSTRAP_PASSWORD, password,
            ActiveMQBasicSecurityManager.BOOTSTRAP_ROLE, "gatehouse"));
    return users;
  }

  /**
   * Starts the broker.
   *
   * @param args folder, port of gateways, port of subscribers, maximum usage of the disk in
   *     percent, and, for more, a file of properties
   */
  public static void main(String[] args) throws Exception {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
    ((Logger) LoggerFactory.getLogger("org.apache.activemq.audit")).setLevel(Level.OFF);
    FileConfiguration broker = configuration(Path.of(args[0]));
    broker.setMaxDiskUsage(Integer.parseInt(args[3]));
    broker.setDiskScanPeriod(200);
    broker.addAcceptorConfiguration("gateways", "tcp://localhost:" + args[1] + "?protocols=CORE");
    broker.addAcceptorConfiguration(
        "subscribers", "tcp://localhost:" + args[2] + "?protocols=AMQP;saslMechanisms=PLAIN");
    EmbeddedActiveMQ server =
        new EmbeddedActiveMQ() {
          @Override
          public void createActiveMQServer() throws Exception {
            super.createActiveMQServer();
            activeMQServer.addProtocolManagerFactory(new SubscriberProtocol());
          }
        };
    server.setConfiguration(broker);
    server.setSecurityManager(users("gatehouse"));
    if (args.length > 4 && Files.exists(Path.of(args[4]))) {
      server.setPropertiesResourcePath(args[4]);
    }
    server.start();
    obey(server);
  }

  /** Each line of the standard input is a new maximum usage of the disk in percent. */
  private static void obey(EmbeddedActiveMQ server) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      ((ActiveMQServerImpl) server.getActiveMQServer())
          .getMonitor()
          .setMaxUsage(Integer.parseInt(line) / 100.0);
    }
  }
}
