package io.gatehouse.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.awaitility.Awaitility;

/** A broker in a process of its own, which can be killed. */
public final class BrokerProcess implements AutoCloseable {

  private final Path data;
  private final int port;
  private Process process;

  private BrokerProcess(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  public static BrokerProcess start(Path data) throws IOException {
    BrokerProcess broker = new BrokerProcess(data, Ports.free());
    broker.start();
    return broker;
  }

  /** With all that it has accepted before. */
  public void start() throws IOException {
    start(100);
  }

  /** On a disk that is full already. */
  public void startOnAFullDisk() throws IOException {
    start(0);
  }

  private void start(int maxDiskUsage) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-BytecodeVerificationRemote",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BrokerProcess.class.getName(),
                    data.toString(),
                    String.valueOf(port),
                    String.valueOf(maxDiskUsage)))
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("log").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** SIGSTOP: it keeps its connections and answers nothing. */
  public void freeze() throws IOException {
    signal("-STOP");
  }

  public void thaw() throws IOException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException {
    new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().onExit().join();
  }

  public String[] settings() {
    return new String[] {
      "--gatehouse.broker.url=tcp://localhost:" + port,
      "--gatehouse.broker.user=gatehouse",
      "--gatehouse.broker.password=gatehouse"
    };
  }

  @Override
  public void close() {
    kill();
  }

  /** The broker itself. */
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[0]);
    Configuration broker = new ConfigurationImpl();
    broker.setJournalDirectory(data.resolve("journal").toString());
    broker.setBindingsDirectory(data.resolve("bindings").toString());
    broker.setPagingDirectory(data.resolve("paging").toString());
    broker.setLargeMessagesDirectory(data.resolve("large").toString());
    broker.setJournalType(JournalType.NIO);
    broker.setSecurityEnabled(false);
    broker.setMaxDiskUsage(Integer.parseInt(args[2]));
    broker.setDiskScanPeriod(200);
    broker.setJMXManagementEnabled(false);
    broker.setResolveProtocols(false);
    broker.addAcceptorConfiguration("gateway", "tcp://localhost:" + args[1]);
    new EmbeddedActiveMQ().setConfiguration(broker).start();
  }
}
