package io.gatehouse.support;

import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL that has been made once and never used, kept below {@code target}: most tests begin
 * with a copy of it, which takes a tenth of the time that another one would take. The first of a
 * build, and each in a folder with something in it, is made anew.
 */
final class DataTemplate {

  private static final Path ALL = Path.of("target", "data-templates");
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  private final Path kept;
  private final Predicate<String> wanted;

  private DataTemplate(String name, Predicate<String> wanted) {
    this.kept = ALL.resolve(name);
    this.wanted = wanted;
  }

  /** The data folder of a gateway, of which only the database is kept. */
  static DataTemplate ofGateway() {
    return new DataTemplate("gateway-" + migrations(), it -> it.startsWith("pg"));
  }

  /** The data of a server without tables. */
  static DataTemplate ofServer() {
    return new DataTemplate("server", it -> true);
  }

  /** The data of a server with the tables of a gateway. */
  static DataTemplate ofTables() {
    return new DataTemplate("tables-" + migrations(), it -> true);
  }

  /** What was made by other migrations is of no use. */
  private static UUID migrations() {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      Map<String, String> texts = new TreeMap<>();
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
      return UUID.nameUUIDFromBytes(Json.MAPPER.writeValueAsBytes(texts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fills a folder that is empty or not there. One process of a build makes the template, which
   * costs less than to start without it, and the others wait for it.
   *
   * @param making starts it in the folder that it is given, and stops it
   */
  void fill(Path folder, Consumer<Path> making) {
    try {
      if (isEmpty(folder)) {
        make(making);
        copy(kept, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private void make(Consumer<Path> making) throws IOException {
    synchronized (DataTemplate.class) {
      if (Files.exists(kept)) {
        return;
      }
      Files.createDirectories(ALL);
      Path draft = ALL.resolve(kept.getFileName() + ".draft");
      try (FileChannel channel =
              FileChannel.open(
                  ALL.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.exists(kept)) {
          FileSystemUtils.deleteRecursively(draft);
          making.accept(draft);
          Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }

  private void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(folder));
            if (folder.equals(from)) {
              Files.createDirectories(target);
              Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(from));
            } else if (isWanted(folder)) {
              Files.copy(folder, target, StandardCopyOption.COPY_ATTRIBUTES);
            } else {
              return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (isWanted(file)) {
              Files.copy(
                  file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
          }

          private boolean isWanted(Path path) {
            return wanted.test(from.relativize(path).getName(0).toString());
          }
        });
  }
}
