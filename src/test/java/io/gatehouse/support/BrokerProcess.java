package io.gatehouse.support;

import io.gatehouse.embedded.BrokerServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A broker in a process of its own, which can be killed. */
public final class BrokerProcess implements AutoCloseable {

  private static final String LOCALHOST = "tcp://localhost:";

  private final Path data;
  private final Path properties;
  private final Map<String, String> more;
  private final List<String> jvm;
  private final int port;
  private final int subscribers = Ports.free();
  private Process process;

  private BrokerProcess(
      Path data, Path properties, int port, Map<String, String> more, List<String> jvm) {
    this.data = data;
    this.properties = properties;
    this.port = port;
    this.more = more;
    this.jvm = jvm;
  }

  public static BrokerProcess start(Path data) throws IOException {
    return start(data, Map.of());
  }

  /** With other settings than {@code docker/artemis/broker.xml} has. */
  public static BrokerProcess start(Path data, Map<String, String> more) throws IOException {
    return start(data, more, List.of());
  }

  /** With options of the JVM, on the JDK of {@code -Djdk}, or of the tests. */
  public static BrokerProcess start(Path data, Map<String, String> more, List<String> jvm)
      throws IOException {
    BrokerProcess broker = new BrokerProcess(data, data.resolve("none"), Ports.free(), more, jvm);
    broker.start();
    return broker;
  }

  /** One of a pair; it does not run yet. */
  static BrokerProcess of(Path data, Path properties, int port, Map<String, String> more)
      throws IOException {
    Files.createDirectories(data);
    return new BrokerProcess(data, properties, port, more, List.of());
  }

  /** With all that it has accepted before. */
  public void start() throws IOException {
    start(100);
    awaitClients();
  }

  /** On a disk that is full already. */
  public void startOnAFullDisk() throws IOException {
    start(0);
    awaitClients();
  }

  /** Without waiting for its port, which a backup opens when it takes over. */
  void begin() throws IOException {
    start(100);
  }

  private void start(int maxDiskUsage) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("jdk", System.getProperty("java.home")), "bin", "java")
                    .toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote"));
    more.forEach((name, value) -> command.add("-Dbrokerconfig." + name + "=" + value));
    command.addAll(jvm);
    if (!jvm.contains(GatewayProcess.CLASS_PATH)) {
      command.addAll(List.of(GatewayProcess.CLASS_PATH, System.getProperty("java.class.path")));
    }
    command.addAll(
        List.of(
            BrokerServer.class.getName(),
            data.toString(),
            String.valueOf(port),
            String.valueOf(subscribers),
            String.valueOf(maxDiskUsage),
            properties.toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("log").toFile()))
            .start();
  }

  void awaitClients() {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isActive);
  }

  /** Whether it takes clients; a backup does not. */
  public boolean isActive() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** What it has logged, in all its lives. */
  String log() throws IOException {
    return Files.readString(data.resolve("log"));
  }

  /** The disk is full from now on, or has room again. */
  public void fillDisk(boolean full) throws IOException {
    process.outputWriter().append(full ? "0\n" : "100\n").flush();
  }

  public int port() {
    return port;
  }

  public String url() {
    return LOCALHOST + port;
  }

  int subscribersPort() {
    return subscribers;
  }

  /** SIGKILL. */
  public void kill() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /** SIGTERM, and waits. */
  public void stop() {
    process.destroy();
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
    return settings(url(), subscribers);
  }

  /**
   * The settings of a gateway that reaches it through another port; subscribers reach it itself.
   */
  public String[] settings(int gateways) {
    return settings(LOCALHOST + gateways, subscribers);
  }

  static String[] settings(String url, int subscribers) {
    return new String[] {
      "--gatehouse.broker.url=" + url,
      "--gatehouse.broker.port=" + subscribers,
      "--gatehouse.broker.user=gatehouse",
      "--gatehouse.broker.password=gatehouse"
    };
  }

  @Override
  public void close() {
    kill();
  }
}
