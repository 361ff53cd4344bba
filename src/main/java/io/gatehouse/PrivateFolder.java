package io.gatehouse;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A folder that only the user of this process can enter (mode 0700). It protects the files that
 * PostgreSQL and the broker write with the umask of the process.
 */
public final class PrivateFolder {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFolder() {}

  /**
   * Creates the folder if it is missing, and closes it to other users.
   *
   * @return its real path
   * @throws StartupRefusedException when it belongs to another user
   */
  public static Path own(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    Path real = folder.toRealPath();
    UserPrincipal owner = Files.getOwner(real);
    if (!owner.equals(user())) {
      throw new StartupRefusedException(
          "The folder %s belongs to the user %s, who could read or change what the gateway keeps there."
              .formatted(real, owner.getName()));
    }
    Files.setPosixFilePermissions(real, OWNER_ONLY);
    return real;
  }

  /**
   * Writes a file that only the owner can read. The file gets its name only when it is complete.
   */
  public static void keep(Path file, String text) throws IOException {
    Path target = file.toAbsolutePath();
    Path draft =
        Files.createTempFile(
            own(Objects.requireNonNull(target.getParent())),
            target.getFileName().toString(),
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, text);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The user of this process, for which Java has no portable name. */
  private static UserPrincipal user() throws IOException {
    Path probe = Files.createTempFile("gatehouse", null);
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  /**
   * Removes the rights of group and others from everything in a folder.
   *
   * @param left folders that are left as they are
   * @throws StartupRefusedException when a file in it belongs to another user
   */
  public static void tighten(Path folder, Predicate<Path> left) throws IOException {
    UserPrincipal owner = Files.getOwner(folder);
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (left.test(path)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            takeAway(path, owner);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              takeAway(path, owner);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // gone meanwhile
            }
            throw e;
          }
        });
  }

  private static void takeAway(Path path, UserPrincipal owner) throws IOException {
    if (!Files.getOwner(path).equals(owner)) {
      throw new StartupRefusedException(
          "%s belongs to the user %s, not to the gateway's own user."
              .formatted(path, Files.getOwner(path).getName()));
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
    Set<PosixFilePermission> kept = EnumSet.noneOf(PosixFilePermission.class);
    kept.addAll(mode);
    kept.retainAll(OWNER_ONLY);
    if (!kept.equals(mode)) {
      Files.setPosixFilePermissions(path, kept);
    }
  }
}
