package io.gatehouse.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of its own in memory, which can be full. Only root may mount it. */
public final class SmallDisk implements AutoCloseable {

  private static final int PAGE = 4 * 1024;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one as this folder. */
  public static SmallDisk mount(Path folder, int mebibytes) throws IOException {
    Files.createDirectories(folder);
    run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
    return new SmallDisk(folder);
  }

  /** Whether this user may mount one as this folder. */
  public static boolean isPermitted(Path folder) {
    try {
      mount(folder, 1).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
  }

  public Path folder() {
    return folder;
  }

  /** Writes a file until there is no room left. */
  public void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      writeUntilFull(out);
    }
  }

  private static void writeUntilFull(OutputStream out) {
    byte[] page = new byte[PAGE];
    try {
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      // there is no room for a page
    }
  }

  /** Deletes the file. */
  public void empty() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  @Override
  public void close() throws IOException {
    run("umount", "--lazy", folder.toString());
  }
}
