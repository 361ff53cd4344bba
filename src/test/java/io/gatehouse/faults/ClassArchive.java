package io.gatehouse.faults;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The classes of the gateway in an archive of the JVM (class data sharing), which saves a start a
 * third of its CPU time. The archive needs a class path without folders.
 */
final class ClassArchive {

  private static final Path FOLDER = Path.of("target", "faults");

  private ClassArchive() {}

  /** The options of a JVM that uses the archive, which is made here by one start of the gateway. */
  static String[] options() throws IOException {
    Files.createDirectories(FOLDER);
    Path archive = FOLDER.resolve("classes.jsa").toAbsolutePath();
    List<String> elements = List.of(System.getProperty("java.class.path").split(":"));
    String classPath =
        IntStream.range(0, elements.size())
            .mapToObj(it -> jar(Path.of(elements.get(it)), FOLDER.resolve(it + ".jar")))
            .filter(it -> !it.isEmpty())
            .collect(Collectors.joining(":"));
    Files.deleteIfExists(archive);
    GatewayProcess.start(
            FaultyGateway.class,
            Gateway.temporaryFolder(),
            List.of("-XX:ArchiveClassesAtExit=" + archive, GatewayProcess.CLASS_PATH, classPath))
        .stop();
    return new String[] {"-XX:SharedArchiveFile=" + archive, GatewayProcess.CLASS_PATH, classPath};
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
