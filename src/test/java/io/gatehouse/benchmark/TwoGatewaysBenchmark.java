package io.gatehouse.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.GatewayProcess;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Creates a second by 32 clients at one gateway and at two, which share a database and a broker:
 * {@code ./mvnw test -Pbenchmark -Dtest=TwoGatewaysBenchmark -Dclients=32 -Dseconds=10 -Drounds=3
 * -Dwarmup=45}.
 */
class TwoGatewaysBenchmark {

  private static final int CLIENTS = Integer.getInteger("clients", 32);
  private static final int SECONDS = Integer.getInteger("seconds", 10);
  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final int WARMUP = Integer.getInteger("warmup", 45);

  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @TempDir Path folder;

  private Traffic traffic;

  @Test
  void oneAndTwo() throws Exception {
    try (ExternalDatabase database = ExternalDatabase.start(folder.resolve("database"));
        BrokerProcess broker = BrokerProcess.start(folder)) {
      List<GatewayProcess> gateways = new ArrayList<>();
      try {
        gateways.add(start(database, broker));
        traffic = Traffic.of(gateways.get(0).client(), "entra", Traffic.Shape.entra());
        rate(gateways, WARMUP);
        double before = median(gateways);
        gateways.add(start(database, broker));
        rate(gateways, WARMUP);
        double two = median(gateways);
        gateways.remove(1).stop();
        double after = median(gateways);
        double one = (before + after) / 2;
        System.out.printf(
            "TWO GATEWAYS one %.0f (before %.0f, after %.0f), two %.0f creates a second: ratio %.2f,"
                + " on %d processors%n",
            one, before, after, two, two / one, Runtime.getRuntime().availableProcessors());
      } finally {
        gateways.forEach(GatewayProcess::kill);
      }
    }
  }

  private static GatewayProcess start(ExternalDatabase database, BrokerProcess broker)
      throws Exception {
    return GatewayProcess.onStores(List.of("-Xmx512m"), database.settings(), broker.settings());
  }

  private double median(List<GatewayProcess> gateways) throws Exception {
    Usage usage = new Usage(List.of(gateways.get(0).handle()));
    List<Double> rates = new ArrayList<>();
    MACHINE.getCpuLoad(); // the next one is since this one
    for (int i = 0; i < ROUNDS; i++) {
      usage.settle();
      rates.add(rate(gateways, SECONDS));
    }
    System.out.printf(
        "TWO GATEWAYS %d: %s, processors %.0f %% busy%n",
        gateways.size(), rates, MACHINE.getCpuLoad() * 100);
    return rates.stream().sorted().toList().get(ROUNDS / 2);
  }

  /** Of all clients, which the gateways share equally. */
  private double rate(List<GatewayProcess> gateways, int seconds) throws Exception {
    ExecutorService loads = Executors.newFixedThreadPool(gateways.size());
    try {
      List<Callable<Double>> each = new ArrayList<>();
      for (GatewayProcess gateway : gateways) {
        Load load = Load.closed(gateway.port(), CLIENTS / gateways.size(), seconds);
        each.add(() -> load.run(traffic::create).perSecond());
      }
      double sum = 0;
      for (Future<Double> one : loads.invokeAll(each)) {
        sum += one.get();
      }
      return sum;
    } finally {
      loads.shutdown();
    }
  }
}
