package io.gatehouse.admin.imports;

import io.gatehouse.admin.api.ProblemException;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-8, with or without a byte order mark, and refuses other encodings. It counts lines, and
 * bounds the length of a record, because a quote that is never closed would turn the rest of the
 * file into one record.
 */
final class Utf8Reader extends Reader {

  private static final int BUFFER = 8192;
  private static final int MAX_RECORD = 2 * BUFFER;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final ReadableByteChannel in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private boolean started;
  private boolean ended;
  private char last;
  private long line = 1;
  private long record = 1;
  private int read;

  Utf8Reader(ReadableByteChannel in) {
    this.in = in;
  }

  /** Starts the next record, which begins in this line. */
  void beginRecord(long number) {
    record = number;
    read = 0;
  }

  /**
   * Reads some characters.
   *
   * @throws ProblemException 400 with the number of a line when the bytes are not UTF-8, or a
   *     record has no end
   */
  @Override
  public int read(char[] to, int offset, int length) throws IOException {
    if (!chars.hasRemaining() && !refill()) {
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(to, offset, count);
    return count;
  }

  private boolean refill() throws IOException {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, ended);
    while (result.isUnderflow() && chars.position() == 0 && !ended) {
      ended = in.read(bytes.compact()) < 0;
      bytes.flip();
      result = decoder.decode(bytes, chars, ended);
    }
    chars.flip();
    look();
    if (result.isError()) {
      throw ProblemException.badRequest(
          "Line " + line + " is not UTF-8. Save the file as CSV in UTF-8.");
    }
    if (read > MAX_RECORD) {
      throw ProblemException.badRequest(
          "Line " + record + " has no end within " + MAX_RECORD + " characters. Is a quote open?");
    }
    return chars.hasRemaining();
  }

  /** Counts lines and characters, and skips the byte order mark at the beginning. */
  private void look() {
    if (!started && chars.hasRemaining()) {
      started = true;
      if (chars.get(chars.position()) == BYTE_ORDER_MARK) {
        chars.get();
      }
    }
    read += chars.remaining();
    for (int i = chars.position(); i < chars.limit(); i++) {
      char c = chars.get(i);
      if (c == '\r' || (c == '\n' && last != '\r')) {
        line++;
      }
      last = c;
    }
  }

  /** Does nothing: the underlying stream belongs to the caller. */
  @Override
  public void close() {}
}
