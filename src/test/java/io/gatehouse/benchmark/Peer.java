package io.gatehouse.benchmark;

import io.gatehouse.support.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Another SCIM server, in a process of its own, which keeps its users in memory. Each is a folder
 * in {@code src/test/peers} with a list of libraries, which Maven fetches when the benchmark runs,
 * and one source file, which takes a port.
 */
record Peer(String name, int port, Process process) {

  private static final Path FOLDER = Path.of("src", "test", "peers");
  private static final Path TARGET = Path.of("target", "peers").toAbsolutePath();
  private static final String RESOLVE =
      "org.apache.maven.plugins:maven-dependency-plugin:3.10.0:build-classpath";

  /** Those of {@code -Dpeers}; one that cannot be fetched or started is left out, with a word. */
  static List<Peer> startAll() {
    List<Peer> peers = new ArrayList<>();
    for (String name : System.getProperty("peers", "scim-sdk,scimple,unboundid").split(",")) {
      try {
        if (!name.isEmpty()) {
          peers.add(start(name));
        }
      } catch (Exception e) {
        System.out.println("The peer " + name + " is left out: " + e);
      }
    }
    return peers;
  }

  String base() {
    return "/scim/v2";
  }

  private static Peer start(String name) throws IOException, InterruptedException {
    Files.createDirectories(TARGET);
    Path libraries = TARGET.resolve(name + ".classpath");
    run(
        name,
        "./mvnw",
        "-q",
        "-B",
        "-f",
        FOLDER.resolve(name) + "/pom.xml",
        RESOLVE,
        "-Dmdep.outputFile=" + libraries);
    int port = Ports.free();
    Process process =
        process(
            name,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            Files.readString(libraries).strip(),
            FOLDER.resolve(name).resolve("Peer.java").toString(),
            String.valueOf(port));
    Peer peer = new Peer(name, port, process);
    try {
      Awaitility.await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(peer::answers);
    } catch (RuntimeException e) {
      peer.stop();
      throw e;
    }
    return peer;
  }

  private boolean answers() throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send(new Wire.Call("GET", base() + "/ServiceProviderConfig", "none", null))
              .status()
          == 200;
    }
  }

  private static void run(String name, String... command) throws IOException, InterruptedException {
    Process process = process(name, command);
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(Files.readString(log(name)));
    }
  }

  private static Process process(String name, String... command) throws IOException {
    File log = log(name).toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  private static Path log(String name) {
    return TARGET.resolve(name + ".log");
  }

  void stop() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
