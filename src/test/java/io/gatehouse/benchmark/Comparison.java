package io.gatehouse.benchmark;

import io.gatehouse.benchmark.Traffic.Shape;
import io.gatehouse.support.Gateway;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** What is compared with what: operations, yardsticks and peers. */
record Comparison(Figures figures, List<Peer> peers) {

  static final String CREATE = "create (Entra)";
  private static final String PATCH = "PATCH (Entra)";
  private static final String MEMBER = "one more member (Entra)";
  private static final String GET = "GET by id";
  private static final String FIND = "userName eq";
  private static final String NOTHING = "HTTP that does nothing";
  private static final String ROW = "HTTP + one row by its id";
  private static final String BARE = "a bare servlet";
  private static final String TRANSACTION = "HTTP + one transaction each";
  private static final String JDBC = "JDBC alone";
  private static final String PLAIN = "three plain rows by JDBC";
  private static final int GROUPS = 20;
  private static final List<String> OTHERS =
      List.of("create (Okta)", "PUT (Okta)", "create (OneLogin)", "PUT (OneLogin)");
  private static final List<String> PEERS =
      List.of(
          "create, a second", "PATCH, a second", "GET by id, a second", "userName eq, a second");

  void add(Turns turns, Gateway gateway) throws Exception {
    int port = URI.create(gateway.url("/")).getPort();
    entra(turns, port, Traffic.of(gateway, "entra", Shape.entra()));
    Traffic okta = Traffic.of(gateway, "okta", Shape.okta());
    Traffic onelogin = Traffic.of(gateway, "onelogin", Shape.onelogin());
    turns.add(OTHERS.get(0), port, okta::create);
    turns.add(OTHERS.get(1), port, okta::update);
    turns.add(OTHERS.get(2), port, onelogin::create);
    turns.add(OTHERS.get(3), port, onelogin::update);
    for (Peer peer : peers) {
      Traffic idp = new Traffic(peer.base(), "none", Shape.entra());
      List<Load.Work> work = List.of(idp::create, idp::update, idp::get, idp::lookup);
      for (int i = 0; i < work.size(); i++) {
        turns.add(peer.name() + PEERS.get(i), peer.port(), work.get(i));
      }
    }
  }

  private static void entra(Turns turns, int port, Traffic entra) throws Exception {
    turns.add(CREATE, port, entra::create);
    turns.add(
        TRANSACTION, port, wire -> entra.other(wire, "POST", Yardsticks.TRANSACTION, entra.user()));
    turns.addInside(JDBC, port, Yardsticks.JDBC, entra);
    turns.addInside(PLAIN, port, Yardsticks.ROWS, entra);
    turns.add(PATCH, port, entra::update);
    turns.add(GET, port, entra::get);
    turns.add(FIND, port, entra::lookup);
    turns.add(ROW, port, wire -> entra.get(wire, Yardsticks.ROW));
    turns.add(NOTHING, port, wire -> entra.other(wire, "GET", Yardsticks.NOTHING, null));
    turns.add(BARE, port, wire -> entra.other(wire, "GET", Yardsticks.BARE, null));
    Load.closed(port, 1, 0).times(GROUPS).run(entra::matchAndCreateGroup);
    turns.add(MEMBER, port, entra::addMember);
  }

  /** The medians, with what each is of its yardsticks. */
  void rows() {
    detailed(CREATE, NOTHING, TRANSACTION, JDBC, PLAIN);
    detailed(PATCH, NOTHING, TRANSACTION, CREATE);
    detailed(MEMBER, NOTHING, TRANSACTION);
    detailed(GET, NOTHING, ROW);
    detailed(FIND, NOTHING, ROW);
    for (String write : OTHERS) {
      figures.row(write + ", a second", "%,.0f", write);
      figures.ratio(write, TRANSACTION);
    }
    for (String yardstick : List.of(TRANSACTION, JDBC, PLAIN, ROW, NOTHING, BARE)) {
      figures.row(yardstick + ", a second", "%,.0f", yardstick);
    }
    figures.ratio(NOTHING, BARE);
    for (Peer peer : peers) {
      for (String what : PEERS) {
        figures.row(peer.name() + ", in memory: " + what, "%,.0f", peer.name() + what);
      }
    }
  }

  private void detailed(String operation, String... yardsticks) {
    figures.row(operation + ", a second", "%,.0f", operation);
    for (String yardstick : yardsticks) {
      figures.ratio(operation, yardstick);
    }
    figures.row(
        operation + ": p50 / p99 at half of that, ms",
        "%.1f / %.1f",
        Turns.p50(operation),
        Turns.p99(operation));
    figures.row(
        operation + ": CPU of JVM + PostgreSQL, ms",
        "%.2f + %.2f",
        Turns.cpu(operation, 0),
        Turns.cpu(operation, 1));
  }

  void charts(List<Integer> numbers) throws IOException {
    Chart writes = Chart.logarithmic("Writes", "a second, by clients");
    Chart reads = Chart.logarithmic("Reads", "a second, by clients");
    for (int clients : numbers) {
      for (String line : List.of(CREATE, PATCH, TRANSACTION, JDBC, PLAIN)) {
        writes.add(line, clients, figures.median(line, clients));
      }
      for (String line : List.of(GET, FIND, ROW, NOTHING, BARE)) {
        reads.add(line, clients, figures.median(line, clients));
      }
      for (Peer peer : peers) {
        writes.add(
            peer.name() + ", memory", clients, figures.median(peer.name() + PEERS.get(0), clients));
        reads.add(
            peer.name() + ", memory", clients, figures.median(peer.name() + PEERS.get(2), clients));
      }
    }
    Report.chart("writes", writes);
    Report.chart("reads", reads);
  }
}
