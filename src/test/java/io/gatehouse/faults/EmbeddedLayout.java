package io.gatehouse.faults;

import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One gateway with the broker in its process, which starts PostgreSQL and watches it. */
final class EmbeddedLayout implements Layout {

  private final Path data;
  private final Path accepted;
  private GatewayProcess gateway;

  private EmbeddedLayout(Path data, Path accepted, GatewayProcess gateway) {
    this.data = data;
    this.accepted = accepted;
    this.gateway = gateway;
  }

  /** Starts it, with options as in {@link Layout#options}. */
  static EmbeddedLayout start(SeededBug bug, int jitter, List<String> more) throws IOException {
    Path data = Gateway.temporaryFolder();
    Path accepted = Layout.emptyFile();
    List<String> options = Layout.options(bug, jitter, accepted, more);
    return new EmbeddedLayout(
        data, accepted, GatewayProcess.start(FaultyGateway.class, data, options));
  }

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public List<GatewayProcess> gateways() {
    return List.of(gateway);
  }

  @Override
  public void restart(int number) throws IOException {
    gateway = gateway.restart();
  }

  @Override
  public void kill(Part part) throws IOException {
    if (part != Part.DATABASE) {
      throw new IllegalArgumentException(part + " is no process");
    }
    gateway.killDatabase();
  }

  @Override
  public void start(Part part) {
    // the gateway does
  }

  @Override
  public Stores stores() throws IOException {
    return Stores.of(data);
  }

  @Override
  public Path accepted() {
    return accepted;
  }

  @Override
  public void close() throws IOException {
    gateway.stop();
    Files.delete(accepted);
  }
}
