package io.gatehouse.embedded;

import io.gatehouse.PrivateFolder;
import io.gatehouse.StartupRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the embedded parts, owned by one gateway at a time through a lock that dies with
 * its process.
 */
final class DataFolder implements AutoCloseable {

  static final String DATABASE = "pg";

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Locks the folder, and closes it to other users.
   *
   * @throws StartupRefusedException when another gateway runs on it, or another user owns it
   */
  static DataFolder own(Path path) {
    try {
      Path folder = PrivateFolder.own(path);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new StartupRefusedException(
            "The data folder " + folder + " belongs to a gateway that is running.");
      }
      // PostgreSQL protects its own folder, and refuses to start on an unprotected one.
      PrivateFolder.tighten(folder, folder.resolve(DATABASE)::equals);
      return new DataFolder(folder, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("The data folder " + path + " cannot be used", e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
