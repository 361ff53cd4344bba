package io.gatehouse.embedded;

import io.gatehouse.PrivateFolder;
import io.gatehouse.crypto.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Two lists of the unpacked files. The manifest has the path and SHA-256 of each file, and the
 * target of each symbolic link. The second list has what the file system says of each: the number
 * of its inode, its size, and the times of its last write and of its last change, which no program
 * can set. While that is as it was when the files were last compared with the manifest, they are
 * not read. The lists lie beside the files, so they reveal damaged or replaced files, but no
 * forgery by the gateway's own user.
 */
final class UnpackManifest {

  private static final String MANIFEST = ".manifest";
  private static final String COMPARED = ".compared";

  /** Has to be newer than all others, or the library unpacks again. */
  private static final String EXISTS = ".exists";

  private static final Set<String> OURS = Set.of(MANIFEST, COMPARED, EXISTS);

  private UnpackManifest() {}

  /** Writes both lists, of files that are changed no more. */
  static void write(Path folder) throws IOException {
    PrivateFolder.keep(folder.resolve(MANIFEST), hashes(folder));
    keep(folder, attributes(folder));
  }

  private static void keep(Path folder, String attributes) throws IOException {
    PrivateFolder.keep(folder.resolve(COMPARED), attributes);
    PrivateFolder.keep(folder.resolve(EXISTS), "");
  }

  /** Whether the folder has exactly the files that were unpacked. */
  static boolean isHeldBy(Path folder) throws IOException {
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.exists(manifest)) {
      return false;
    }
    String present = attributes(folder);
    Path compared = folder.resolve(COMPARED);
    if (Files.exists(compared) && Files.readString(compared).equals(present)) {
      return true;
    }
    boolean held = Files.readString(manifest).equals(hashes(folder));
    if (held) {
      keep(folder, present);
    }
    return held;
  }

  private static String attributes(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path path : content(folder)) {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Map<String, Object> file =
            Files.readAttributes(
                path, "unix:ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
        lines.add(
            "%s %s %s %s  %s"
                .formatted(
                    file.get("ino"),
                    file.get("size"),
                    file.get("lastModifiedTime"),
                    file.get("ctime"),
                    folder.relativize(path)));
      }
    }
    return String.join("\n", lines);
  }

  private static String hashes(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path path : content(folder)) {
      Path name = folder.relativize(path);
      if (Files.isSymbolicLink(path)) {
        lines.add(Files.readSymbolicLink(path) + "  <-  " + name);
      } else if (Files.isRegularFile(path)) {
        lines.add(Digests.hex(Digests.SHA_256, Files.readAllBytes(path)) + "  " + name);
      }
    }
    return String.join("\n", lines);
  }

  private static List<Path> content(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !OURS.contains(folder.relativize(path).toString()))
          .sorted()
          .toList();
    }
  }
}
