package io.gatehouse.faults;

import io.gatehouse.support.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes that are killed, and started again on the same data and ports. */
interface Layout extends AutoCloseable {

  /** One word, for reports. */
  String name();

  /** The gateways as they are now. */
  List<GatewayProcess> gateways();

  /** Starts a gateway again that has ended, and waits until it is ready. */
  void restart(int gateway) throws IOException;

  /** SIGKILL of a part that is not a gateway. */
  void kill(Part part) throws IOException;

  /** Starts a part again that was killed, unless a gateway does that. */
  void start(Part part) throws IOException;

  Stores stores() throws IOException;

  /** The file with the ids of the commands that the broker has accepted. */
  Path accepted();

  @Override
  void close() throws IOException;

  /**
   * The options of a gateway.
   *
   * @param jitter the longest time that a commit is held back, in milliseconds
   * @param more other options of the JVM
   */
  static List<String> options(SeededBug bug, int jitter, Path accepted, List<String> more) {
    List<String> options = new ArrayList<>(more);
    // Each costs a start some 30 ms, and a kill of PostgreSQL as much again.
    options.add("-Dspring.datasource.hikari.minimum-idle=2");
    options.add("-D" + Faults.BUG + "=" + bug);
    options.add("-D" + Faults.JITTER + "=" + jitter);
    options.add("-D" + Faults.ACCEPTED + "=" + accepted);
    return options;
  }

  static Path emptyFile() throws IOException {
    return Files.createTempFile("accepted", ".txt");
  }
}
