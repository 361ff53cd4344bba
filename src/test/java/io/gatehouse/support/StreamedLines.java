package io.gatehouse.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Reads a stream that stays open, in a thread of its own. */
public final class StreamedLines {

  private StreamedLines() {}

  /** The lines so far; the last is {@code closed} when the server has ended the stream. */
  public static List<String> collected(Stream<String> lines) {
    List<String> all = new CopyOnWriteArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                lines.forEach(all::add);
              } catch (RuntimeException e) {
                all.add("broken");
              }
              all.add("closed");
            });
    reader.setDaemon(true);
    reader.start();
    return all;
  }
}
