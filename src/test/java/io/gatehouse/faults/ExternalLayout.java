package io.gatehouse.faults;

import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two gateways, a broker and PostgreSQL, each for itself. */
final class ExternalLayout implements Layout {

  private static final int GATEWAYS = 2;

  private final Path accepted;
  private final ExternalDatabase database;
  private final BrokerProcess broker;
  private final GatewayProcess[] gateways = new GatewayProcess[GATEWAYS];

  private ExternalLayout(Path accepted, ExternalDatabase database, BrokerProcess broker) {
    this.accepted = accepted;
    this.database = database;
    this.broker = broker;
  }

  /**
   * Starts it.
   *
   * @param jitter the longest time that a commit is held back, in milliseconds
   * @param ofGateways options of the JVM of a gateway
   * @param ofBroker options of the JVM of the broker
   */
  static ExternalLayout start(int jitter, List<String> ofGateways, List<String> ofBroker)
      throws IOException {
    Path folder = Gateway.temporaryFolder();
    ExternalDatabase database = ExternalDatabase.start(folder.resolve("database"));
    BrokerProcess broker =
        BrokerProcess.start(Files.createDirectory(folder.resolve("broker")), Map.of(), ofBroker);
    ExternalLayout layout = new ExternalLayout(Layout.emptyFile(), database, broker);
    List<String> options = new ArrayList<>(GatewayProcess.QUICK);
    options.addAll(Layout.options(SeededBug.NONE, jitter, layout.accepted, ofGateways));
    try {
      for (int i = 0; i < GATEWAYS; i++) {
        layout.gateways[i] =
            GatewayProcess.onStores(
                FaultyGateway.class, options, database.settings(), broker.settings());
      }
    } catch (IOException | RuntimeException e) {
      layout.close();
      throw e;
    }
    return layout;
  }

  @Override
  public String name() {
    return "external";
  }

  @Override
  public List<GatewayProcess> gateways() {
    return List.of(gateways);
  }

  @Override
  public void restart(int number) throws IOException {
    gateways[number] = gateways[number].restart();
  }

  @Override
  public void kill(Part part) throws IOException {
    switch (part) {
      case DATABASE -> database.kill();
      case BROKER -> broker.kill();
      case GATEWAY -> throw new IllegalArgumentException("Which one?");
    }
  }

  @Override
  public void start(Part part) throws IOException {
    switch (part) {
      case DATABASE -> database.start();
      case BROKER -> broker.start();
      case GATEWAY -> throw new IllegalArgumentException("Which one?");
    }
  }

  @Override
  public Stores stores() {
    return Stores.at(database.url(), "postgres", "postgres");
  }

  @Override
  public Path accepted() {
    return accepted;
  }

  @Override
  public void close() throws IOException {
    for (GatewayProcess each : gateways) {
      if (each != null) {
        each.kill();
      }
    }
    broker.close();
    database.close();
    Files.delete(accepted);
  }
}
