package io.gatehouse.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.Listener;
import io.gatehouse.support.Ports;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code ./mvnw test -Pbenchmark -Dtest=HowFastBenchmark}: how fast the gateway is, in a process of
 * its own with embedded parts, beside what bounds it and beside its peers, in turns. Writes a table
 * and charts into {@code target/how-fast}.
 *
 * <p>{@code -Dclients=1,8,32 -Drounds=3 -Dseconds=2}: each operation, in each round. {@code
 * -Dwarmup=120 -Dcold=60}: seconds of load by most clients before all, and after a start. {@code
 * -Dusers=50000 -DuserGroups=200}: of an initial cycle. {@code -Dpeers=}: none, or some of them.
 * {@code -Doptions=-Xmx1g}: of the JVM of the gateway. {@code -Dupdate=true}: into the
 * documentation too.
 */
class HowFastBenchmark {

  private static final List<Integer> CLIENTS =
      Stream.of(System.getProperty("clients", "1,8,32").split(",")).map(Integer::valueOf).toList();
  private static final int MANY = CLIENTS.get(CLIENTS.size() - 1);
  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final double SECONDS = Double.parseDouble(System.getProperty("seconds", "2"));
  private static final int WARM_UP = Integer.getInteger("warmup", 120);
  private static final int COLD = Integer.getInteger("cold", 60);
  private static final int USERS = Integer.getInteger("users", 50_000);
  private static final int GROUPS = Integer.getInteger("userGroups", 200);
  private static final int RATE = Integer.getInteger("rate", 100);
  private static final int BATCH = 100;
  private static final List<Integer> FIRST = List.of(1, 2, 5, 10, 20, 40, 60);

  private static final String OPTIONS = System.getProperty("options", "-Xmx1g");

  private final Figures figures = new Figures(CLIENTS);
  private final Path data = Gateway.temporaryFolder();
  private final int brokerPort = Ports.free();

  @Test
  void howFast() throws Exception {
    Files.createFile(data.resolve("so-that-no-template-is-copied"));
    GatewayProcess gateway = start("on an empty folder", OPTIONS + " -Dyardstick=true");
    List<Peer> peers = Peer.startAll();
    try {
      turns(gateway, peers);
      peers.forEach(Peer::stop);
      figures.single("RSS after all these, " + OPTIONS, "%d MB", Usage.rss(gateway.handle()));
      report();
      initialCycle(gateway.client());
    } finally {
      peers.forEach(Peer::stop);
      gateway.stop();
    }
    firstSeconds();
    littleMemory();
    report();
  }

  /** More than once, so that a run that is ended early has told what it knew. */
  private void report() throws IOException {
    Report.table(
        "figures",
        Report.machine() + ", `" + OPTIONS + "`\n\n" + figures.markdown(),
        "writes",
        "reads",
        "first-seconds");
  }

  private void turns(GatewayProcess gateway, List<Peer> peers) throws Exception {
    Usage usage = new Usage(List.of(gateway.handle(), gateway.database().orElseThrow()));
    Turns turns = new Turns(figures, usage, SECONDS);
    Comparison comparison = new Comparison(figures, peers);
    comparison.add(turns, gateway.client());
    turns.warmUp(MANY, WARM_UP);
    for (int clients : CLIENTS) {
      turns.run(clients, ROUNDS);
    }
    comparison.rows();
    comparison.charts(CLIENTS);
  }

  private GatewayProcess start(String what, String options) throws Exception {
    long start = System.nanoTime();
    GatewayProcess gateway = GatewayProcess.start(data, brokerPort, options.split(" "));
    figures.single("start " + what, "%.1f s", seconds(start));
    return gateway;
  }

  /** What Entra ID does first, with a subscriber that listens; then creates at a steady rate. */
  private void initialCycle(Gateway gateway) throws Exception {
    ScimClient scim = gateway.connection("entra");
    Traffic idp = new Traffic("/scim/v2", scim.token(), Traffic.Shape.entra());
    Load load = Load.closed(port(gateway), MANY, 0);
    Events events = new Events();
    JsonNode training = gateway.subscription(scim.tenant(), "training").json();
    try (Listener ignored = Listener.of(training, events::hear)) {
      long start = System.nanoTime();
      load.times(USERS).run(events.of(idp::matchAndCreate));
      double users = seconds(start);
      load.times(GROUPS).run(idp::matchAndCreateGroup);
      load.times(USERS / BATCH).run(wire -> idp.addMembers(wire, BATCH));
      double all = seconds(start);
      figures.single("initial cycle: %,d users".formatted(USERS), "%.0f a second", USERS / users);
      figures.single("with %d groups and all members".formatted(GROUPS), "%.0f s", all);
      Latencies cycle = events.fromAnswer();
      figures.single("from the answer to the event, of the last user", "%.0f ms", events.last());
      figures.single("from the answer to the event, p50", "%.0f ms", cycle.millis(0.5));
      Load.closed(port(gateway), MANY, 10 * SECONDS).at(RATE).run(events.of(idp::create));
      Latencies steady = events.fromAnswer();
      String title = "from the answer to the event, %d users a second, ".formatted(RATE);
      figures.single(title + "p50", "%.1f ms", steady.millis(0.5));
      figures.single(title + "p99", "%.1f ms", steady.millis(0.99));
    }
  }

  private void firstSeconds() throws Exception {
    GatewayProcess gateway = start("on the data of all these", OPTIONS);
    try {
      Traffic idp = entra(gateway.client());
      List<Integer> each =
          Load.closed(port(gateway.client()), MANY, COLD).run(idp::create).eachSecond();
      Chart chart = Chart.linear("The first seconds of load after a start", "creates a second");
      for (int second = 1; second <= each.size(); second++) {
        chart.add(MANY + " clients", second, each.get(second - 1));
        chart.add("later", second, figures.median(Comparison.CREATE, MANY));
        if (FIRST.contains(second)) {
          double share = each.get(second - 1) / figures.median(Comparison.CREATE, MANY);
          figures.single(
              "creates in second %d after the start".formatted(second),
              "%d, %.0f %% of later",
              each.get(second - 1),
              100 * share);
        }
      }
      Report.chart("first-seconds", chart);
    } finally {
      gateway.stop();
    }
  }

  private void littleMemory() throws Exception {
    GatewayProcess gateway = start("with -Xmx256m", "-Xmx256m");
    try {
      Traffic idp = entra(gateway.client());
      Load.closed(port(gateway.client()), MANY, COLD).run(idp::create);
      figures.single(
          "RSS after %d s of creates, -Xmx256m".formatted(COLD),
          "%d MB",
          Usage.rss(gateway.handle()));
    } finally {
      gateway.stop();
    }
  }

  private static Traffic entra(Gateway gateway) throws IOException {
    return Traffic.of(gateway, "entra", Traffic.Shape.entra());
  }

  private static int port(Gateway gateway) {
    return URI.create(gateway.url("/")).getPort();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
