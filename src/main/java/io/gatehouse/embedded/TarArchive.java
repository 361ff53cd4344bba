package io.gatehouse.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** A tar archive compressed by xz. */
final class TarArchive {

  private static final int EXECUTABLE = 0100;

  private TarArchive() {}

  /** Unpacks all entries, readable by the owner only. */
  static void unpack(InputStream archive, Path folder) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = inside(folder, folder.resolve(entry.getName()));
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          file(tar, entry, path, folder);
        }
      }
    }
  }

  private static void file(TarArchiveInputStream tar, TarArchiveEntry entry, Path path, Path folder)
      throws IOException {
    if (entry.isSymbolicLink()) {
      Path target = Path.of(entry.getLinkName());
      inside(folder, path.resolveSibling(target));
      Files.createSymbolicLink(path, target);
    } else if (entry.isLink()) {
      Files.createLink(path, inside(folder, folder.resolve(entry.getLinkName())));
    } else {
      Files.copy(tar, path);
      boolean program = (entry.getMode() & EXECUTABLE) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(program ? "rwx------" : "rw-------"));
    }
  }

  private static Path inside(Path folder, Path path) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(folder)) {
      throw new IOException("The archive leads out of its folder: " + path);
    }
    return normal;
  }
}
