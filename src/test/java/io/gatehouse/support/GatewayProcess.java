package io.gatehouse.support;

import io.gatehouse.Gatehouse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The gateway in a process of its own, which can be killed. */
public final class GatewayProcess {

  /** Options of the JVM with which it starts sooner, and then is slower. */
  public static final List<String> QUICK =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-BytecodeVerificationRemote",
          "-XX:MetaspaceSize=256m");

  /** The option with another class path than that of the tests. */
  public static final String CLASS_PATH = "-cp";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final Path data;
  private final Setup setup;

  private GatewayProcess(Process process, Path data, Setup setup) {
    this.process = process;
    this.data = data;
    this.setup = setup;
  }

  /** How it is started. */
  private record Setup(
      Class<?> main, int port, int managementPort, int brokerPort, List<String> jvm) {

    static Setup of(Class<?> main, int brokerPort, List<String> jvm) {
      return new Setup(main, Ports.free(), Ports.free(), brokerPort, jvm);
    }
  }

  /**
   * A gateway of another version.
   *
   * @param classes its jar without libraries, or the folder of its classes; the libraries are those
   *     of the tests
   * @param settings as for {@link Gateway#start}, among them an external database
   */
  public static GatewayProcess startOther(Path classes, Path data, List<String> settings)
      throws IOException {
    String libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(it -> it.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> options = options(settings);
    options.addAll(List.of(CLASS_PATH, classes + File.pathSeparator + libraries));
    return start(data, Setup.of(Gatehouse.class, Ports.free(), options));
  }

  /** With settings as for {@link Gateway#start}, among them an external database. */
  public static GatewayProcess startWith(Path data, List<String> settings) throws IOException {
    return start(data, Setup.of(Gatehouse.class, Ports.free(), options(settings)));
  }

  private static List<String> options(List<String> settings) {
    List<String> options = new ArrayList<>(QUICK);
    settings.forEach(it -> options.add("-D" + it.substring("--".length())));
    return options;
  }

  /** On the JDK of {@code -Djdk}, or of the tests. */
  public static GatewayProcess start(Path data) throws IOException {
    return start(Gatehouse.class, data);
  }

  /** Another main class, which starts the gateway and more. */
  public static GatewayProcess start(Class<?> main, Path data) throws IOException {
    return start(data, Setup.of(main, Ports.free(), QUICK));
  }

  /** With options of the JVM. */
  public static GatewayProcess start(Path data, List<String> jvm) throws IOException {
    return start(Gatehouse.class, data, jvm);
  }

  /** Another main class, with options of the JVM. */
  public static GatewayProcess start(Class<?> main, Path data, List<String> jvm)
      throws IOException {
    List<String> options = new ArrayList<>(QUICK);
    options.addAll(jvm);
    return start(data, Setup.of(main, Ports.free(), options));
  }

  /** With options of the JVM, and the broker where subscribers know it. */
  public static GatewayProcess start(Path data, int brokerPort, String... jvm) throws IOException {
    return start(data, Setup.of(Gatehouse.class, brokerPort, List.of(jvm)));
  }

  /**
   * One of several on the same stores.
   *
   * @param stores the settings of the stores, as {@link Gateway#start} takes them
   */
  public static GatewayProcess onStores(List<String> jvm, String[]... stores) throws IOException {
    return onStores(Gatehouse.class, jvm, stores);
  }

  /** The same with another main class. */
  public static GatewayProcess onStores(Class<?> main, List<String> jvm, String[]... stores)
      throws IOException {
    List<String> options = new ArrayList<>(jvm);
    Stream.concat(
            Stream.of(stores).flatMap(Stream::of),
            Stream.of(Gateway.SECRET_KEY, "--gatehouse.erasure-key=one-key-for-all-gateways"))
        .forEach(it -> options.add("-D" + it.substring("--".length())));
    return start(Gateway.temporaryFolder(), Setup.of(main, Ports.free(), options));
  }

  /** With options of the JVM, and without waiting until it is ready. */
  public static GatewayProcess begin(Path data, List<String> jvm) throws IOException {
    List<String> options = new ArrayList<>(QUICK);
    options.addAll(jvm);
    return begin(data, Setup.of(Gatehouse.class, Ports.free(), options));
  }

  private static GatewayProcess start(Path data, Setup setup) throws IOException {
    GatewayProcess gateway = begin(data, setup);
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(250))
          .ignoreExceptions()
          .until(gateway::isReady);
    } catch (ConditionTimeoutException e) {
      gateway.kill(); // or it would live on, and PostgreSQL with it
      throw e;
    }
    return gateway;
  }

  private static GatewayProcess begin(Path data, Setup setup) throws IOException {
    if (setup.jvm().stream().noneMatch(it -> it.contains("gatehouse.db.url"))) {
      Gateway.fill(data);
    }
    List<String> words = new ArrayList<>();
    words.add(
        Path.of(System.getProperty("jdk", System.getProperty("java.home")), "bin", "java")
            .toString());
    words.addAll(setup.jvm());
    if (!setup.jvm().contains(CLASS_PATH)) {
      words.addAll(List.of(CLASS_PATH, System.getProperty("java.class.path")));
    }
    words.add(setup.main().getName());
    ProcessBuilder command = new ProcessBuilder(words);
    command
        .environment()
        .putAll(
            Map.of(
                "GATEHOUSE_DATA", data.toString(),
                "GATEHOUSE_PORT", String.valueOf(setup.port()),
                "GATEHOUSE_MANAGEMENT_PORT", String.valueOf(setup.managementPort()),
                "GATEHOUSE_BROKER_PORT", String.valueOf(setup.brokerPort()),
                "GATEHOUSE_ADMIN_TOKEN", Gateway.ADMIN_TOKEN));
    String binaries = System.getProperty("gatehouse.embedded.binaries");
    if (binaries != null) {
      command.environment().put("GATEHOUSE_EMBEDDED_BINARIES", binaries);
    }
    command.redirectErrorStream(true).redirectOutput(data.resolve("log").toFile());
    return new GatewayProcess(command.start(), data, setup);
  }

  private boolean isReady() {
    return client().call("GET", "/actuator/health/readiness", null, null).status() == 200;
  }

  public Gateway client() {
    return Gateway.at(setup.port(), setup.managementPort());
  }

  /** The same, over another port. */
  public Gateway clientAt(int port) {
    return Gateway.at(port, setup.managementPort());
  }

  /** The port of HTTP. */
  public int port() {
    return setup.port();
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

  /** The JVM. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** The first process of PostgreSQL; empty when it has ended. */
  public Optional<ProcessHandle> database() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      Path pid = files.filter(it -> it.endsWith("postmaster.pid")).findFirst().orElseThrow();
      return ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).strip()));
    }
  }

  /** SIGKILL for PostgreSQL, which lives on when its gateway is killed. */
  public void killDatabase() throws IOException {
    database()
        .ifPresent(
            it -> {
              List<ProcessHandle> all = Stream.concat(it.descendants(), Stream.of(it)).toList();
              all.forEach(ProcessHandle::destroyForcibly);
              all.forEach(each -> each.onExit().join());
            });
  }

  /** A line on its standard input. */
  public void tell(String line) throws IOException {
    process.outputWriter().append(line).append('\n').flush();
  }

  /** SIGTERM, without waiting. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end, and says with what status. */
  public int status(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("It lives on after " + atMost);
    }
    return process.exitValue();
  }

  /** What it has logged. */
  public String log() throws IOException {
    return Files.readString(data.resolve("log"));
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
