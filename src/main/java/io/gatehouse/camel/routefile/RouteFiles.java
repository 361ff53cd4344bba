package io.gatehouse.camel.routefile;

import io.gatehouse.StartupRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The route files of the IdPs: those in the jar, and those in a folder, which take precedence. */
final class RouteFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
  private static final String BUILT_IN = "routes/idp/";

  private final @Nullable Path folder;

  /**
   * The files of the jar and of a folder.
   *
   * @throws StartupRefusedException when the folder does not exist, because its name is probably
   *     misspelt
   */
  RouteFiles(@Nullable Path folder) {
    this.folder = folder == null || folder.toString().isEmpty() ? null : folder;
    if (this.folder != null && !Files.isDirectory(this.folder)) {
      throw new StartupRefusedException(
          "GATEHOUSE_ROUTES is " + folder + ", which is not a folder.");
    }
  }

  /**
   * One file for each IdP. A file of the folder replaces the file of the jar even if it is broken:
   * an administrator notices an IdP that is not served, but not one whose requests are read
   * differently than intended.
   */
  Collection<RouteFile> all() {
    Map<String, RouteFile> files = new TreeMap<>();
    try {
      for (Resource content :
          new PathMatchingResourcePatternResolver()
              .getResources("classpath:" + BUILT_IN + "*" + RouteFile.ENDING)) {
        String name = String.valueOf(content.getFilename());
        files.put(name, RouteFile.of(name, BUILT_IN + name, content));
      }
      if (folder != null) {
        try (Stream<Path> listed = Files.list(folder)) {
          listed.filter(RouteFiles::isRouteFile).forEach(it -> add(files, it));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.values();
  }

  private static void add(Map<String, RouteFile> files, Path file) {
    String name = file.getFileName().toString();
    files.put(name, RouteFile.of(name, file.toString(), new FileSystemResource(file)));
  }

  private static boolean isRouteFile(Path file) {
    String name = file.getFileName().toString();
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    if (yaml && !name.endsWith(RouteFile.ENDING)) {
      LOG.warn("{} is not read, because its name does not end in {}", file, RouteFile.ENDING);
    }
    return name.endsWith(RouteFile.ENDING) && Files.isRegularFile(file);
  }
}
