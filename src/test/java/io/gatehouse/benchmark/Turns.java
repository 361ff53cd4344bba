package io.gatehouse.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * Operations that are measured in turns, so that whatever else the machine does meets all of them:
 * how many a second as fast as the clients can, what each costs the gateway and PostgreSQL of CPU,
 * and how long each takes when calls are due at half of that rate.
 */
final class Turns {

  private static final double HALF = 0.5;
  private static final double MILLIS = 1e3;

  private final Figures figures;
  private final Usage usage;
  private final double seconds;
  private final List<Operation> operations = new ArrayList<>();

  Turns(Figures figures, Usage usage, double seconds) {
    this.figures = figures;
    this.usage = usage;
    this.seconds = seconds;
  }

  /** How often it was done in a second by so many clients, and how often in all. */
  private interface Measure {
    double[] run(int clients, double seconds) throws Exception;
  }

  private record Operation(String name, Measure closed, int port, Load.Work work) {}

  void add(String name, int port, Load.Work work) {
    operations.add(
        new Operation(
            name,
            (clients, time) -> {
              Load.Result result = Load.closed(port, clients, time).run(work);
              return new double[] {result.perSecond(), result.calls()};
            },
            port,
            work));
  }

  /** One that the gateway does without clients: the answer to the call is how often in a second. */
  void addInside(String name, int port, String path, Traffic traffic) {
    operations.add(
        new Operation(
            name,
            (clients, time) -> {
              try (Wire wire = new Wire(port)) {
                Wire.Answer answer =
                    traffic.other(wire, "GET", path.formatted(clients, time), null);
                Load.check(answer);
                double perSecond = Double.parseDouble(answer.body());
                return new double[] {perSecond, perSecond * time};
              }
            },
            port,
            null));
  }

  void warmUp(int clients, double first) throws Exception {
    operations.get(0).closed().run(clients, first);
    for (Operation operation : operations) {
      operation.closed().run(clients, seconds);
    }
  }

  void run(int clients, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (Operation operation : operations) {
        usage.settle();
        List<Double> before = usage.cpu();
        double[] result = operation.closed().run(clients, seconds);
        usage.settle();
        figures.add(operation.name(), clients, result[0]);
        List<Double> after = usage.cpu();
        for (int i = 0; i < after.size(); i++) {
          figures.add(
              cpu(operation.name(), i),
              clients,
              (after.get(i) - before.get(i)) * MILLIS / result[1]);
        }
      }
    }
    for (Operation operation : operations) {
      if (operation.work() != null) {
        latencies(operation, clients);
      }
    }
  }

  private void latencies(Operation operation, int clients) throws Exception {
    usage.settle();
    double rate = figures.median(operation.name(), clients) * HALF;
    Latencies latencies =
        Load.closed(operation.port(), clients, seconds).at(rate).run(operation.work()).latencies();
    figures.add(p50(operation.name()), clients, latencies.millis(0.50));
    figures.add(p99(operation.name()), clients, latencies.millis(0.99));
  }

  static String cpu(String operation, int process) {
    return operation + " CPU of " + process;
  }

  static String p50(String operation) {
    return operation + " p50";
  }

  static String p99(String operation) {
    return operation + " p99";
  }
}
