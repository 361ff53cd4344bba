package io.gatehouse.camel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A response body while it is written: in memory as long as it is small, then in a temporary file
 * that only its owner can open and that is deleted when it is closed. So a large response holds
 * neither memory nor a database connection while a slow client reads it.
 */
final class ResponseBuffer extends OutputStream {

  private static final int MAX_IN_MEMORY = 256 * 1024;

  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable FileChannel file;
  private OutputStream out = memory;

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (file == null && memory.size() + length > MAX_IN_MEMORY) {
      moveToFile();
    }
    out.write(bytes, from, length);
  }

  private void moveToFile() throws IOException {
    FileChannel opened =
        FileChannel.open(
            Files.createTempFile("gatehouse", ".answer"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    file = opened;
    out = Channels.newOutputStream(opened);
    memory.writeTo(out);
    memory = new ByteArrayOutputStream();
  }

  /** Number of bytes written. */
  long size() throws IOException {
    return file == null ? memory.size() : file.size();
  }

  /** The written content, as bytes or as a stream. */
  Object content() throws IOException {
    return file == null ? memory.toByteArray() : Channels.newInputStream(file.position(0));
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
