package io.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.ProcessExit;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A part that cannot be started again ends the process: it never lives on and answers nothing. */
class EndSoak {

  private final Path data = Gateway.temporaryFolder();
  private GatewayProcess gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = GatewayProcess.start(DrivenGateway.class, data);
  }

  @AfterEach
  void stop() {
    gateway.kill();
  }

  @Test
  void exitsWithASentenceAndAStatusWhenTheBrokerCannotBeStartedAgain() throws Exception {
    takeJournalAway();
    gateway.tell(DrivenGateway.FAIL);

    assertThat(gateway.status(Duration.ofSeconds(75))).isEqualTo(ProcessExit.STATUS);
    assertThat(gateway.log()).contains("The gateway exits: the embedded broker ended");
  }

  @Test
  void exitsWithASentenceAndAStatusWhenPostgresCannotBeStartedAgain() throws Exception {
    List<String> lines = Files.readAllLines(data.resolve("pg/postmaster.pid"));
    Files.delete(data.resolve("pg/global/pg_control"));
    ProcessHandle.of(Long.parseLong(lines.get(0))).orElseThrow().destroyForcibly();

    assertThat(gateway.status(Duration.ofSeconds(75))).isEqualTo(ProcessExit.STATUS);
    assertThat(gateway.log()).contains("The gateway exits: the embedded PostgreSQL ended");
  }

  @Test
  void endsWithinThirtySecondsOfSigtermWhileItsBrokerIsDead() throws Exception {
    takeJournalAway();
    gateway.tell(DrivenGateway.FAIL);
    gateway.terminate();

    gateway.status(Duration.ofSeconds(31));
  }

  /** With a file in its place, no server can start on it. */
  private void takeJournalAway() throws IOException {
    Path journal = data.resolve("broker/journal");
    Files.move(journal, data.resolve("broker/away"));
    Files.createFile(journal);
  }
}
