package io.gatehouse.embedded;

import io.gatehouse.PrivateFolder;
import io.gatehouse.crypto.Digests;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The programs of PostgreSQL, unpacked into a folder that no other user can enter, and compared
 * with what was unpacked at every start. The library's default is the folder for temporary files,
 * where every user of the machine can put programs of the same name.
 *
 * <p>The library finds them at {@code PG-<MD5 of what it is given>} in its working folder, and
 * unpacks nothing where a file {@code .exists} is. It is given the size and checksum of the
 * archive, because unpacking is not left to it. It makes its working folder writable by all users
 * while it starts; {@link #root} protects that folder.
 */
final class PostgresBinaries implements PgBinaryResolver {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

  private final Path root;

  private PostgresBinaries(Path root) {
    this.root = root;
  }

  /** Takes ownership of the folder; the binaries are unpacked when the server is started. */
  static PostgresBinaries in(Path folder) throws IOException {
    return new PostgresBinaries(PrivateFolder.own(folder));
  }

  /** The working folder of the library. */
  Path workingFolder() {
    return root.resolve("unpacked");
  }

  /** Removes the access to the working folder that the library gave to all users. */
  void close() throws IOException {
    PrivateFolder.own(workingFolder());
  }

  @Override
  public InputStream getPgBinary(String system, String machine) throws IOException {
    byte[] name;
    try (CheckedInputStream archive =
        new CheckedInputStream(archive(system, machine), new CRC32())) {
      long size = archive.transferTo(OutputStream.nullOutputStream());
      name =
          "%d bytes, CRC-32 %08x"
              .formatted(size, archive.getChecksum().getValue())
              .getBytes(StandardCharsets.UTF_8);
    }
    Path working = PrivateFolder.own(workingFolder());
    Path binaries = working.resolve("PG-" + Digests.hex("MD5", name));
    if (!UnpackManifest.isHeldBy(binaries)) {
      replace(binaries, system, machine);
    }
    return new ByteArrayInputStream(name);
  }

  private static InputStream archive(String system, String machine) throws IOException {
    return Objects.requireNonNull(
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine),
        "no PostgreSQL for this machine");
  }

  private static void replace(Path binaries, String system, String machine) throws IOException {
    if (Files.exists(binaries)) {
      LOG.warn(
          "The programs in {} are not those that were unpacked there; they are replaced", binaries);
      FileSystemUtils.deleteRecursively(binaries);
    }
    Path draft =
        Files.createTempDirectory(Objects.requireNonNull(binaries.getParent()), "unpacking");
    try (InputStream archive = archive(system, machine)) {
      TarArchive.unpack(archive, draft);
    }
    PrivateFolder.tighten(draft, path -> false);
    UnpackManifest.write(draft);
    try {
      Files.move(draft, binaries, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      FileSystemUtils.deleteRecursively(draft);
      if (!UnpackManifest.isHeldBy(binaries)) { // no other gateway has unpacked it first
        throw e;
      }
    }
  }
}
