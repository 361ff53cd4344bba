package io.gatehouse.benchmark;

import io.gatehouse.command.Caller;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Creates per second through the whole gateway, beside the same rows without a queue; in one run,
 * taking turns.
 */
class CreatesBenchmark {

  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final int REQUESTS = Integer.getInteger("requests", 20_000);

  private int users;

  @Test
  void createsPerSecond() throws Exception {
    try (Gateway gateway = Gateway.start(Gateway.temporaryFolder(), "--yardstick=true")) {
      ScimClient idp = gateway.connection("standard");
      Caller caller =
          gateway
              .bean(Connections.class)
              .holder(new BearerToken(idp.token()))
              .orElseThrow()
              .caller();
      Yardstick yardstick = gateway.bean(Yardstick.class);
      yardstick.caller(caller);
      for (int clients : clients()) {
        int total = clients == 1 ? REQUESTS / 10 : REQUESTS;
        List<Double> ours = new ArrayList<>();
        List<Double> inThread = new ArrayList<>();
        List<Double> jdbc = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
          ours.add(
              Load.perSecond(
                  clients,
                  total,
                  n -> Load.post(gateway.url("/scim/v2/Users"), idp.token(), user())));
          inThread.add(
              Load.perSecond(
                  clients,
                  total,
                  n ->
                      Load.post(
                          gateway.url("/admin/api/v1/yardstick"), Gateway.ADMIN_TOKEN, user())));
          jdbc.add(Load.perSecond(clients, total, n -> yardstick.insert(Json.stored(user()))));
        }
        report(clients, ours, inThread, jdbc);
      }
    }
  }

  private static int[] clients() {
    return Stream.of(System.getProperty("clients", "1,8,32").split(","))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static void report(
      int clients, List<Double> ours, List<Double> inThread, List<Double> jdbc) {
    System.out.printf(
        "BENCHMARK creates/s, %2d clients: gatehouse %5.0f, HTTP + one transaction each %5.0f, JDBC alone %5.0f;"
            + " ratio to HTTP %.2f, to JDBC alone %.2f%n",
        clients,
        median(ours),
        median(inThread),
        median(jdbc),
        median(ours) / median(inThread),
        median(ours) / median(jdbc));
  }

  /** The first round warms up and does not count. */
  private static double median(List<Double> rounds) {
    List<Double> counted = new ArrayList<>(rounds.subList(1, rounds.size()));
    Collections.sort(counted);
    return counted.get(counted.size() / 2);
  }

  private synchronized String user() {
    return Json.text(
        ScimClient.user("user" + users++ + "@example.com").put("externalId", "E-" + users));
  }
}
