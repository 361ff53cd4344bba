package io.gatehouse.embedded;

import io.gatehouse.crypto.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A manifest of the unpacked files: the SHA-256 of the archive, the path and SHA-256 of each file,
 * and the target of each symbolic link. It lies beside the files, so it reveals damaged or replaced
 * files, but no forgery by the gateway's own user.
 */
final class UnpackManifest {

  private static final String NAME = ".manifest";

  /**
   * The files that were compared, as they were then: none is read twice by one process unless it
   * was written since. The name of a folder stands for its archive.
   */
  private static final Map<Path, List<String>> COMPARED = new ConcurrentHashMap<>();

  private UnpackManifest() {}

  static void write(Path folder, byte[] archive) throws IOException {
    Files.write(folder.resolve(NAME), of(folder, archive));
  }

  /** Whether the folder has exactly the files of this archive. */
  static boolean isHeldBy(Path folder, byte[] archive) throws IOException {
    Path manifest = folder.resolve(NAME);
    if (!Files.exists(manifest)) {
      return false;
    }
    List<String> files = files(folder);
    if (files.equals(COMPARED.get(folder))) {
      return true;
    }
    boolean held = Arrays.equals(Files.readAllBytes(manifest), of(folder, archive));
    if (held) {
      COMPARED.put(folder, files);
    }
    return held;
  }

  /** The files with their sizes and modification times, without reading them. */
  private static List<String> files(Path folder) throws IOException {
    List<String> files = new ArrayList<>();
    for (Path path : content(folder)) {
      BasicFileAttributes file =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      files.add(path + " " + file.fileKey() + " " + file.size() + " " + file.lastModifiedTime());
    }
    return files;
  }

  private static List<Path> content(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }

  private static byte[] of(Path folder, byte[] archive) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(Digests.hex(Digests.SHA_256, archive) + "  (archive)");
    for (Path path : content(folder)) {
      Path name = folder.relativize(path);
      if (Files.isSymbolicLink(path)) {
        lines.add(Files.readSymbolicLink(path) + "  <-  " + name);
      } else if (Files.isRegularFile(path) && !isOurs(name)) {
        lines.add(Digests.hex(Digests.SHA_256, Files.readAllBytes(path)) + "  " + name);
      }
    }
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isOurs(Path name) {
    return name.toString().equals(NAME) || name.toString().equals(".exists");
  }
}
