package io.gatehouse.attack;

import io.gatehouse.Gatehouse;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A gateway in a process of 512 MB of heap: this build, or with {@code -Djar=} the packaged jar of
 * an earlier one, so that both are measured by the same hand.
 */
record AttackedGateway(Process process, Path data, int port, Gateway client)
    implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(120);

  static AttackedGateway start() throws IOException {
    Path data = Gateway.temporaryFolder();
    int port = Ports.free();
    int managementPort = Ports.free();
    ProcessBuilder command = new ProcessBuilder(command());
    command
        .environment()
        .putAll(
            Map.of(
                "GATEHOUSE_DATA", data.toString(),
                "GATEHOUSE_PORT", String.valueOf(port),
                "GATEHOUSE_MANAGEMENT_PORT", String.valueOf(managementPort),
                "GATEHOUSE_BROKER_PORT", String.valueOf(Ports.free()),
                "GATEHOUSE_ADMIN_TOKEN", Gateway.ADMIN_TOKEN));
    command.redirectErrorStream(true).redirectOutput(data.resolve("log").toFile());
    Gateway client = Gateway.at(port, managementPort);
    AttackedGateway gateway = new AttackedGateway(command.start(), data, port, client);
    Awaitility.await()
        .atMost(START)
        .ignoreExceptions()
        .until(() -> Files.readString(data.resolve("log")).contains("Gatehouse is ready"));
    return gateway;
  }

  private static List<String> command() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1"));
    String jar = System.getProperty("jar");
    command.addAll(
        jar == null
            ? List.of("-cp", System.getProperty("java.class.path"), Gatehouse.class.getName())
            : List.of("-jar", jar));
    return command;
  }

  /** Resident memory in MB, 0 when the process has ended. */
  long residentMegabytes() throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  long logKilobytes() throws IOException {
    return Files.size(data.resolve("log")) / 1024;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
