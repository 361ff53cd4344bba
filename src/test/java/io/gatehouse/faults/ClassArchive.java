package io.gatehouse.faults;

import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The classes of a process in an archive of the JVM, which saves a start a third of its CPU time by
 * class data sharing, and half of it by the cache of JDK 25. The archive needs a class path without
 * folders.
 */
final class ClassArchive {

  private static final int FIRST_WITH_CACHE = 25;

  private static final Path FOLDER = Path.of("target", "faults");

  private final String classPath;

  private ClassArchive(String classPath) {
    this.classPath = classPath;
  }

  /** Makes the jars; an archive is of no use once they have been written again. */
  static ClassArchive withJars() throws IOException {
    Files.createDirectories(FOLDER);
    List<String> elements = List.of(System.getProperty("java.class.path").split(":"));
    return new ClassArchive(
        IntStream.range(0, elements.size())
            .mapToObj(it -> jar(Path.of(elements.get(it)), FOLDER.resolve(it + ".jar")))
            .filter(it -> !it.isEmpty())
            .collect(Collectors.joining(":")));
  }

  /** Starts a process with options, and ends it in an orderly manner. */
  @FunctionalInterface
  interface Training {
    void run(List<String> options) throws IOException;
  }

  /** The options of a gateway that uses an archive, which is made here. */
  List<String> ofGateway() throws IOException {
    return options("gateway", ClassArchive::write);
  }

  /** One start, and one call of each kind. */
  private static void write(List<String> options) throws IOException {
    GatewayProcess gateway =
        GatewayProcess.start(FaultyGateway.class, Gateway.temporaryFolder(), options);
    ScimClient idp = gateway.client().connection("standard");
    UUID id = idp.create(ScimClient.user("ada@example.com")).id();
    idp.patch(id, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Countess\"}");
    idp.get(id);
    idp.delete(id);
    gateway.stop();
  }

  /** The options of a broker that uses an archive, which is made here by one start. */
  List<String> ofBroker() throws IOException {
    return options(
        "broker", it -> BrokerProcess.start(Gateway.temporaryFolder(), Map.of(), it).stop());
  }

  private List<String> options(String name, Training training) throws IOException {
    Path archive = FOLDER.resolve(name + ".archive").toAbsolutePath();
    boolean cache = versionOfJdk() >= FIRST_WITH_CACHE;
    Files.deleteIfExists(archive);
    String making = cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    training.run(List.of(making + archive, GatewayProcess.CLASS_PATH, classPath));
    String using = cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    return new ArrayList<>(List.of(using + archive, GatewayProcess.CLASS_PATH, classPath));
  }

  /** The JDK of {@code -Djdk}, or of the tests. */
  private static int versionOfJdk() throws IOException {
    String home = System.getProperty("jdk");
    if (home == null) {
      return Runtime.version().feature();
    }
    String version =
        Files.readAllLines(Path.of(home, "release")).stream()
            .filter(it -> it.startsWith("JAVA_VERSION="))
            .findFirst()
            .orElseThrow();
    return Runtime.Version.parse(version.split("\"")[1]).feature();
  }

  /** The element itself, or a jar with what is in its folder; empty when there is none. */
  private static String jar(Path element, Path jar) {
    if (!Files.isDirectory(element)) {
      return Files.exists(element) ? element.toString() : "";
    }
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(element)) {
      out.setLevel(0);
      for (Path each : files.filter(it -> !it.equals(element)).sorted().toList()) {
        add(out, element.relativize(each).toString(), each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar.toAbsolutePath().toString();
  }

  /** Folders have entries too, by which resources are found. */
  private static void add(ZipOutputStream out, String name, Path file) throws IOException {
    boolean folder = Files.isDirectory(file);
    out.putNextEntry(new ZipEntry(folder ? name + "/" : name));
    if (!folder) {
      Files.copy(file, out);
    }
    out.closeEntry();
  }
}
