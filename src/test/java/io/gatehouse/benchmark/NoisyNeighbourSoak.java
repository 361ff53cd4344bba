package io.gatehouse.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.Json;
import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.ScimClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a connection waits while another one offers fifty times its limit at two gateways:
 * {@code ./mvnw test -Psoak -Dtest=NoisyNeighbourSoak -Dlimit=20 -Drate=20 -Dclients=64
 * -Dseconds=20}.
 */
class NoisyNeighbourSoak {

  private static final int LIMIT = Integer.getInteger("limit", 20);
  private static final int RATE = Integer.getInteger("rate", 20);
  private static final int CLIENTS = Integer.getInteger("clients", 64);
  private static final int SECONDS = Integer.getInteger("seconds", 20);
  private static final int TIMES = 50;
  private static final int VICTIM_CLIENTS = 16;
  private static final int LEAVERS = 8;

  /** What a p95 may be, however short the one without the neighbour is. */
  private static final double FLOOR_MILLIS = 20;

  /** The longest that a client may wait for an answer. */
  private static final Duration BOUND = Duration.ofSeconds(16);

  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";

  @TempDir Path folder;

  private final List<GatewayProcess> gateways = new ArrayList<>();
  private Traffic victim;
  private ScimClient victimIdp;
  private List<UUID> victimLeavers;

  @Test
  void theVictimWaitsAtMostTwiceAsLong() throws Exception {
    try (ExternalDatabase database = ExternalDatabase.start(folder.resolve("database"));
        BrokerProcess broker = BrokerProcess.start(folder)) {
      try {
        gateways.add(
            GatewayProcess.onStores(GatewayProcess.QUICK, database.settings(), broker.settings()));
        gateways.add(
            GatewayProcess.onStores(GatewayProcess.QUICK, database.settings(), broker.settings()));
        prepare();
        measure();
      } finally {
        gateways.forEach(GatewayProcess::kill);
      }
    }
  }

  private void prepare() throws Exception {
    Gateway first = gateways.get(0).client();
    victimIdp = first.connection("standard");
    victim = new Traffic("/scim/v2", victimIdp.token(), Traffic.Shape.entra());
    victimLeavers = leavers(victimIdp);
    try (Neighbour warmUp = new Neighbour(first.connection("standard"), 0, 8, ports())) {
      victim();
    }
  }

  private static List<UUID> leavers(ScimClient idp) {
    List<UUID> leavers = new ArrayList<>();
    for (int i = 0; i < LEAVERS; i++) {
      leavers.add(idp.create(ScimClient.user("leaver" + i + "@example.com")).id());
    }
    return leavers;
  }

  private List<Integer> ports() {
    return gateways.stream().map(GatewayProcess::port).toList();
  }

  private Load.Result victim() throws Exception {
    return Load.closed(gateways.get(0).port(), VICTIM_CLIENTS, SECONDS)
        .at(RATE)
        .run(victim::create);
  }

  private void measure() throws Exception {
    Load.Result alone = victim();
    report("alone", alone, Map.of());

    Load.Result limited =
        beside("fifty times its limit at both", String.valueOf(LIMIT), LIMIT * TIMES, ports());
    beside("without a limit, at the other", "null", 0, ports().subList(1, 2));
    beside("without a limit, at the same", "null", 0, ports().subList(0, 1));
    report("alone", victim(), Map.of());

    assertThat(limited.latencies().millis(0.95))
        .isLessThan(Math.max(FLOOR_MILLIS, 2 * alone.latencies().millis(0.95)));
  }

  /** What the victim sees beside a new connection with this limit that offers at this rate. */
  private Load.Result beside(String what, String limit, double rate, List<Integer> ports)
      throws Exception {
    Gateway first = gateways.get(0).client();
    ScimClient noisy = first.connection("standard");
    List<UUID> noisyLeavers = leavers(noisy);
    first.admin(
        "PATCH",
        "/connections/" + noisy.connection(),
        Json.stored("{\"settings\":{\"rateLimit\":%s}}".formatted(limit)));
    try (Neighbour neighbour = new Neighbour(noisy, rate, CLIENTS, ports)) {
      Load.Result result = victim();
      leave("of the victim", victimIdp, victimLeavers);
      leave("of the noisy one", noisy, noisyLeavers);
      report(what, result, neighbour.answers());
      return result;
    }
  }

  private static void leave(String whose, ScimClient idp, List<UUID> leavers) {
    for (int i = 0; i < 2; i++) {
      long start = System.nanoTime();
      assertThat(idp.patch(leavers.remove(0), LEAVE).status()).isEqualTo(200);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      System.out.printf("NOISY NEIGHBOUR a deactivation %s %d ms%n", whose, taken.toMillis());
      assertThat(taken).isLessThan(BOUND);
    }
  }

  private static void report(String what, Load.Result result, Map<String, Integer> answers) {
    Latencies of = result.latencies();
    System.out.printf(
        "NOISY NEIGHBOUR %-30s victim p50 %.1f p95 %.1f max %.1f ms, %d calls; neighbour %s%n",
        what, of.millis(0.50), of.millis(0.95), of.millis(1), result.calls(), answers);
  }
}
