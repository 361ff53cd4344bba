package io.gatehouse.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.benchmark.Traffic.Shape;
import io.gatehouse.support.Gateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What the benchmarks measure with, so that they still run when somebody wants to know. */
class LoadTest {

  private static final int CALLS = 4;

  private final Gateway gateway = Gateway.shared();
  private final Load load = Load.closed(URI.create(gateway.url("/")).getPort(), 2, 0).times(CALLS);

  @Test
  void eachIdpCreatesChangesReadsAndFindsItsUsers() throws Exception {
    List<Traffic> idps =
        List.of(
            Traffic.of(gateway, "entra", Shape.entra()),
            Traffic.of(gateway, "okta", Shape.okta()),
            Traffic.of(gateway, "onelogin", Shape.onelogin()));
    for (Traffic idp : idps) {
      for (Load.Work work : List.<Load.Work>of(idp::create, idp::update, idp::get, idp::lookup)) {
        assertThat(load.run(work).calls()).isEqualTo(CALLS);
      }
    }
  }

  @Test
  void entraRunsAnInitialCycle() throws Exception {
    Traffic entra = Traffic.of(gateway, "entra", Shape.entra());
    load.run(entra::matchAndCreate);
    load.run(entra::matchAndCreateGroup);

    assertThat(load.run(entra::addMember).calls()).isEqualTo(CALLS);
    assertThat(load.run(wire -> entra.addMembers(wire, 2)).calls()).isEqualTo(CALLS);
  }

  @Test
  void anAnswerThatIsNoSuccessEndsTheRun() throws Exception {
    Traffic stranger = new Traffic("/scim/v2", "wrong", Shape.entra());

    assertThatThrownBy(() -> load.run(stranger::create))
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessageContaining("answered 401");
  }

  @Test
  void aLateAnswerCountsForAllCallsThatWereDueMeanwhile() throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    Load.Work late =
        wire -> {
          if (first.getAndSet(false)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
          }
          return new Wire.Answer(200, "", "", "");
        };

    Load.Result result = new Load(0, 1, 100, 0.2, Long.MAX_VALUE).run(late);

    assertThat(result.calls()).isEqualTo(20);
    assertThat(result.latencies().millis(0.5)).isGreaterThan(50);
  }

  @Test
  void aChartIsWellFormedAndHasAPointForEachFigure() throws Exception {
    Chart chart = Chart.logarithmic("Users & groups", "a second");
    chart.add("<first>", 1, 10);
    chart.add("<first>", 1_000, 40);

    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();

    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(2);
    assertThat(svg.getTextContent()).contains("Users & groups", "<first>", "1,000");
  }
}
