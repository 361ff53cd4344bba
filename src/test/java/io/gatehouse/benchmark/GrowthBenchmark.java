package io.gatehouse.benchmark;

import io.gatehouse.benchmark.Wire.Call;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Crowd;
import io.gatehouse.support.Flood;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code ./mvnw test -Pbenchmark -Dtest=GrowthBenchmark}: what one client waits for a call as
 * something grows, as a ratio to the same call at a gateway that stays as it was, in turns. Writes
 * tables and charts into {@code target/how-fast}.
 *
 * <p>{@code -Dusers=1000000 -Dmembers=100000 -Dbacklog=1000000 -Dsubscribers=50 -Dtenants=10000}:
 * how far. {@code -Dsamples=300}: pairs of calls behind each ratio.
 */
class GrowthBenchmark {

  private static final int FEW = 1_000;
  private static final int SAMPLES = Integer.getInteger("samples", 300);
  private static final int WARM_UP = 10 * SAMPLES;
  private static final int BACKLOG = Integer.getInteger("backlog", 1_000_000);
  private static final int DEEPEST = 20_000;

  private static final List<Operation> INDEXED =
      List.of(
          new Operation("create", Place::create),
          new Operation("PATCH", Place::patch),
          new Operation("GET by id", Place::get),
          new Operation("userName eq", (it, n) -> it.find("userName", n, "@example.com")),
          new Operation("externalId eq", (it, n) -> it.find("externalId", n, "")),
          new Operation("emails.value eq", (it, n) -> it.find("emails.value", n, "@example.com")),
          new Operation("a page by its cursor", (it, n) -> it.page(it.cursor())));

  private static Gateway still;
  private static Gateway grown;
  private static Place control;

  /** What is called, at some place, for the n-th time. */
  private record Operation(String name, Calls calls) {}

  private interface Calls {
    Call at(Place place, int n);
  }

  /** Users of one connection. */
  private record Place(ScimClient idp, List<UUID> users, String cursor) {

    static Place of(Gateway gateway, int size) throws IOException {
      ScimClient idp = gateway.connection("entra");
      Place place = new Place(idp, Crowd.of(idp, size), "");
      gateway.owner().sql("vacuum analyze").update();
      String cursor = "";
      try (Wire wire = new Wire(place.port())) {
        for (int seen = 0; seen < Math.min(size / 2, DEEPEST); seen += 100) {
          String body = wire.send(place.page(cursor)).body();
          cursor = Json.MAPPER.readTree(body).path("nextCursor").asText();
        }
      }
      return new Place(idp, place.users(), cursor);
    }

    int port() {
      return URI.create(idp.gateway().url("/")).getPort();
    }

    Call create(int n) {
      return call("POST", "/Users", Json.text(ScimClient.user("new" + UUID.randomUUID())));
    }

    Call patch(int n) {
      String title = "{\"op\":\"Replace\",\"path\":\"title\",\"value\":\"Title %s\"}".formatted(n);
      return call("PATCH", "/Users/" + user(n), Json.text(ScimClient.patch(title)));
    }

    Call get(int n) {
      return call("GET", "/Users/" + user(n), null);
    }

    Call find(String attribute, int n, String end) {
      String value = "crowd-" + n * 661L % users.size() + end.replace("@", "%40");
      return call("GET", "/Users?filter=" + attribute + "+eq+%22" + value + "%22", null);
    }

    Call page(String cursor) {
      return call("GET", "/Users?count=100&cursor=" + cursor, null);
    }

    /** Adds a user who is in no group of fewer members than there are users. */
    Call member(UUID group, int n) {
      String add = "{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}";
      UUID user = users.get(users.size() - 1 - n % users.size());
      return call("PATCH", "/Groups/" + group, Json.text(ScimClient.patch(add.formatted(user))));
    }

    private UUID user(int n) {
      return users.get((int) (n * 661L % users.size()));
    }

    private Call call(String method, String path, String body) {
      return new Call(method, "/scim/v2" + path, idp.token(), body);
    }
  }

  @AfterAll
  static void close() {
    still.close();
    grown.close();
  }

  @Test
  void growth() throws Exception {
    still = Gateway.start(Gateway.temporaryFolder());
    grown =
        Gateway.start(
            Gateway.temporaryFolder(), "--gatehouse.subscriptions.max-backlog=" + 2 * BACKLOG);
    control = Place.of(still, FEW);
    Place first = Place.of(grown, FEW);
    for (Operation operation : INDEXED) {
      ratio(operation.calls(), first, WARM_UP);
    }
    Place last = users(first);
    members(last);
    subscribers(first);
    tenants(first);
    backlog(first);
  }

  private static Place users(Place first) throws Exception {
    Growth growth = new Growth("users");
    Place place = first;
    for (int size : powers(FEW, Integer.getInteger("users", 1_000_000))) {
      place = size == FEW ? first : Place.of(grown, size);
      for (Operation operation : INDEXED) {
        growth.add(operation.name(), size, ratio(operation.calls(), place, SAMPLES));
      }
    }
    growth.write();
    return place;
  }

  private static void members(Place place) throws Exception {
    UUID few = group(control, 10);
    Growth growth = new Growth("members");
    for (int size : powers(10, Integer.getInteger("members", 100_000))) {
      UUID group = group(place, Math.min(size, place.users().size() - SAMPLES));
      Calls one = (at, n) -> at.member(at == control ? few : group, n);
      growth.add("one more member", size, ratio(one, place, SAMPLES));
    }
    growth.write();
  }

  private static UUID group(Place place, int size) {
    UUID group = place.idp().createGroup("Group of " + size, place.users().get(0)).id();
    JdbcClient owner = place.idp().gateway().owner();
    owner
        .sql(
            """
            insert into membership (tenant_id, group_id, member_id, user_id)
            select p.tenant_id, ?, p.id, p.id from person p
             where p.id = any(?)
                on conflict do nothing
            """)
        .params(group, place.users().subList(0, size).toArray(UUID[]::new))
        .update();
    owner.sql("vacuum analyze membership").update();
    return group;
  }

  private static void subscribers(Place place) throws Exception {
    Growth growth = new Growth("subscribers");
    String tenant = place.idp().tenant();
    int there = 0;
    for (int size : List.of(1, 2, 5, 10, 20, Integer.getInteger("subscribers", 50))) {
      for (; there < size; there++) {
        grown.subscription(tenant, "subscriber" + there);
      }
      few(growth, size, place);
    }
    for (int i = 0; i < there; i++) {
      grown.admin("DELETE", "/subscriptions/" + tenant + "/subscriber" + i, null);
    }
    growth.write();
  }

  private static void tenants(Place place) throws Exception {
    Growth growth = new Growth("tenants");
    int there = 1;
    for (int size : powers(1, Integer.getInteger("tenants", 10_000))) {
      grown
          .owner()
          .sql(
              """
              with made as (
                insert into tenant (id, slug, name)
                select gen_random_uuid(), 'many-' || n, 'Many ' || n from generate_series(?, ?) n
                returning id)
              insert into connection (id, tenant_id, name, idp)
              select gen_random_uuid(), id, 'entra', 'entra' from made
              """)
          .params(there, size - 1)
          .update();
      there = size;
      few(growth, size, place);
    }
    growth.write();
  }

  private static void backlog(Place place) throws Exception {
    Growth growth = new Growth("unread events");
    few(growth, 0, place);
    grown.subscription(place.idp().tenant(), "away");
    int there = 0;
    for (int size : powers(FEW, BACKLOG)) {
      new Flood(grown, place.idp().tenant()).send(size - there);
      there = size;
      few(growth, size, place);
    }
    growth.write();
  }

  /** One write, one read and one search. */
  private static void few(Growth growth, int size, Place place) throws Exception {
    for (int i : new int[] {0, 2, 3}) {
      Operation operation = INDEXED.get(i);
      growth.add(operation.name(), size, ratio(operation.calls(), place, SAMPLES));
    }
  }

  private static List<Integer> powers(int from, int to) {
    List<Integer> powers = new ArrayList<>();
    for (long size = from; size <= to; size *= 10) {
      powers.add((int) size);
    }
    return powers;
  }

  /** The median of what grew by that of what did not, of as many calls in turns. */
  private static double ratio(Calls calls, Place place, int samples) throws IOException {
    Latencies before = new Latencies();
    Latencies after = new Latencies();
    try (Wire one = new Wire(control.port());
        Wire other = new Wire(place.port())) {
      for (int n = 0; n < samples; n++) {
        time(one, calls.at(control, n), before);
        time(other, calls.at(place, n), after);
      }
    }
    return after.millis(0.5) / before.millis(0.5);
  }

  private static void time(Wire wire, Call call, Latencies latencies) throws IOException {
    long start = System.nanoTime();
    Wire.Answer answer = wire.send(call);
    latencies.add(System.nanoTime() - start);
    boolean found = !call.path().contains("filter=") || answer.body().contains("crowd-");
    if (answer.status() / 100 != 2 || !found) {
      throw new IOException(call.path() + " answered " + answer.status() + ": " + answer.body());
    }
  }

  /** Ratios of several operations at several sizes. */
  private record Growth(String what, Map<String, TreeMap<Integer, Double>> ratios) {

    Growth(String what) {
      this(what, new LinkedHashMap<>());
    }

    void add(String operation, int size, double ratio) {
      ratios.computeIfAbsent(operation, it -> new TreeMap<>()).put(size, ratio);
    }

    void write() throws IOException {
      Chart chart =
          Chart.logarithmic("Time of a call, by " + what, "times that of a small gateway");
      StringBuilder table = new StringBuilder("| " + what + " |");
      StringBuilder line = new StringBuilder("\n|---|");
      for (int size : ratios.values().iterator().next().keySet()) {
        table.append(String.format(Locale.ROOT, " %,d |", size));
        line.append("--:|");
      }
      table.append(line);
      ratios.forEach(
          (operation, sizes) -> {
            table.append("\n| ").append(operation).append(" |");
            sizes.forEach(
                (size, ratio) -> {
                  chart.add(operation, size, ratio);
                  table.append(String.format(Locale.ROOT, " %.2f |", ratio));
                });
          });
      String name = "growth-" + what.replace(' ', '-');
      Report.chart(name, chart);
      Report.table(name, table.append('\n').toString(), name);
    }
  }
}
