package io.gatehouse.admin.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file that only its owner can open. It is deleted as soon as it is open, so that
 * nothing remains when it is closed or the gateway is killed.
 */
final class Spool implements Closeable {

  private static final int BUFFER = 64 * 1024;

  private final FileChannel channel;

  private Spool(FileChannel channel) {
    this.channel = channel;
  }

  static Spool open() throws IOException {
    return new Spool(
        FileChannel.open(
            Files.createTempFile("gatehouse", ".spool"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  /** Stores a stream; false when the stream has more than this many bytes. */
  boolean takes(InputStream in, long limit) throws IOException {
    OutputStream out = appended();
    byte[] bytes = new byte[BUFFER];
    long taken = 0;
    for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
      taken += n;
      if (taken > limit) {
        return false;
      }
      out.write(bytes, 0, n);
    }
    return true;
  }

  /** A stream that appends to the content; it need not be closed. */
  OutputStream appended() {
    return Channels.newOutputStream(channel);
  }

  /** The whole content from its beginning. It need not be closed, and ends any earlier reading. */
  ReadableByteChannel content() throws IOException {
    return channel.position(0);
  }

  /** How much of the content has been read, in percent. */
  int readPercent() {
    try {
      return (int) (100 * channel.position() / Math.max(1, channel.size()));
    } catch (IOException e) {
      return 100;
    }
  }

  void copyTo(OutputStream out) throws IOException {
    Channels.newInputStream(content()).transferTo(out);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
