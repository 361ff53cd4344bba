package io.gatehouse.support;

import io.gatehouse.Gatehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The gateway in a process of its own, which can be killed. */
public final class GatewayProcess {

  private final Process process;
  private final Path data;
  private final Setup setup;

  private GatewayProcess(Process process, Path data, Setup setup) {
    this.process = process;
    this.data = data;
    this.setup = setup;
  }

  /** How it is started. */
  private record Setup(int port, int managementPort, int brokerPort, List<String> jvm) {}

  public static GatewayProcess start(Path data) throws IOException {
    return start(data, List.of());
  }

  /** With options of the JVM. */
  public static GatewayProcess start(Path data, List<String> jvm) throws IOException {
    return start(data, new Setup(Ports.free(), Ports.free(), Ports.free(), jvm));
  }

  private static GatewayProcess start(Path data, Setup setup) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            new ArrayList<>(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"))));
    command.command().addAll(setup.jvm());
    command.command().add(Gatehouse.class.getName());
    command
        .environment()
        .putAll(
            Map.of(
                "GATEHOUSE_DATA", data.toString(),
                "GATEHOUSE_PORT", String.valueOf(setup.port()),
                "GATEHOUSE_MANAGEMENT_PORT", String.valueOf(setup.managementPort()),
                "GATEHOUSE_BROKER_PORT", String.valueOf(setup.brokerPort()),
                "GATEHOUSE_ADMIN_TOKEN", Gateway.ADMIN_TOKEN));
    command.redirectErrorStream(true).redirectOutput(data.resolve("log").toFile());
    GatewayProcess gateway = new GatewayProcess(command.start(), data, setup);
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(
            () ->
                gateway.client().call("GET", "/actuator/health/readiness", null, null).status()
                    == 200);
    return gateway;
  }

  public Gateway client() {
    return Gateway.at(setup.port(), setup.managementPort());
  }

  /** The status with which it ends by itself; empty while it runs on after this time. */
  public OptionalInt exitWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** SIGKILL: no shutdown hook runs, and PostgreSQL is left behind. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** SIGTERM: PostgreSQL is stopped too. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  public GatewayProcess restart() throws IOException {
    return start(data, setup);
  }
}
