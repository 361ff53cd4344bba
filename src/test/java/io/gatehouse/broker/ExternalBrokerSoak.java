package io.gatehouse.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.Instance;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.support.BrokerPair;
import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** {@code ./mvnw test -Psoak -Dtest=ExternalBrokerSoak}: whole starts with a broker of others. */
@ExtendWith(OutputCaptureExtension.class)
class ExternalBrokerSoak {

  @TempDir Path folder;

  @Test
  void startsWithTheFileOfTheImageAndAppliesAChange() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder);
        Gateway gateway = Gateway.start(Gateway.temporaryFolder(), broker.settings())) {
      assertThat(gateway.connection("standard").create(ScimClient.user("ada@example.com")).status())
          .isEqualTo(201);
    }
  }

  @Test
  void refusesToStartWithARedeliveryDelayOfCommands() throws Exception {
    Map<String, String> wrong = Map.of("addressSettings.commands.redeliveryDelay", "5000");
    try (BrokerProcess broker = BrokerProcess.start(folder, wrong)) {
      assertThatThrownBy(() -> Gateway.start(Gateway.temporaryFolder(), broker.settings()))
          .hasRootCauseInstanceOf(StartupRefusedException.class)
          .rootCause()
          .hasMessage(
              "At the external broker, the address 'commands' has redelivery-delay = 5000, which"
                  + " must be 0, or a change could overtake an older one of the same user.");
    }
  }

  @Test
  void warnsOfABrokerWithoutItsBackup(CapturedOutput output) throws Exception {
    String warning = "The external broker has no backup in step with it";
    try (BrokerPair pair = BrokerPair.start(folder)) {
      prepare(pair.url());
      assertThat(output).doesNotContain(warning);
      pair.killTheBackup();
      await().untilAsserted(() -> warns(pair.url(), output, warning));
    }
  }

  private static void warns(String url, CapturedOutput output, String warning) {
    prepare(url);
    assertThat(output).contains(warning);
  }

  private static void prepare(String url) {
    BrokerConnection connection = new BrokerConnection(url, "gatehouse", "gatehouse", 1, false);
    ExternalBroker.prepare(
        new BrokerTopology(connection, 1 << 20), connection, new Instance("test"));
  }

  @Test
  void doesNotWaitForABrokerThatAnswersNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertRefusedInTime("tcp://localhost:" + silent.getLocalPort());
    }
  }

  @Test
  void doesNotWaitForABrokerThatStands() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder)) {
      broker.freeze();
      assertRefusedInTime(broker.url());
      broker.thaw();
    }
  }

  private static void assertRefusedInTime(String url) {
    Instant start = Instant.now();
    assertThatThrownBy(() -> prepare(url))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageStartingWith("The external broker at " + url + " cannot be used: ");
    Duration waited = Duration.between(start, Instant.now());
    System.out.printf("REFUSED after %d ms%n", waited.toMillis());
    assertThat(waited).isLessThan(Duration.ofSeconds(60));
  }
}
