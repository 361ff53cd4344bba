package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway.Answer;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** Two brokers on the files of {@code docker/artemis}, one of which replicates the other. */
public final class BrokerPair implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path FILES = Path.of("docker/artemis");

  /** What a broker logs when it has all that the other one has. */
  private static final String IN_STEP = "AMQ221024";

  private final BrokerProcess primary;
  private final BrokerProcess backup;

  private BrokerPair(Path folder) throws IOException {
    BrokerProcess[] both = new BrokerProcess[2];
    int[] ports = {Ports.free(), Ports.free()};
    for (int i = 0; i < 2; i++) {
      both[i] =
          BrokerProcess.of(
              folder.resolve("broker" + i),
              FILES.resolve(i == 0 ? "primary.properties" : "backup.properties"),
              ports[i],
              Map.of(
                  "connectorConfigurations.self.params.host", "localhost",
                  "connectorConfigurations.self.params.port", String.valueOf(ports[i]),
                  "connectorConfigurations.other.params.host", "localhost",
                  "connectorConfigurations.other.params.port", String.valueOf(ports[1 - i]),
                  "clusterPassword", "cluster"));
    }
    primary = both[0];
    backup = both[1];
  }

  /** With the backup in step. */
  public static BrokerPair start(Path folder) throws IOException {
    BrokerPair pair = new BrokerPair(folder);
    try {
      pair.primary.start();
      pair.backup.begin();
      pair.await(pair.backup, 1);
    } catch (RuntimeException e) {
      pair.close();
      throw e;
    }
    return pair;
  }

  private void await(BrokerProcess broker, int times) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> timesInStep(broker) >= times);
  }

  private static int timesInStep(BrokerProcess broker) throws IOException {
    return broker.log().split(IN_STEP, -1).length - 1;
  }

  /** SIGKILL of the one that works, and waits until the other one does. */
  public void fail() {
    primary.kill();
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(backup::isActive);
  }

  /** The killed one returns, catches up and works again, with the other one as its backup. */
  public void failBack() throws IOException {
    int times = timesInStep(backup);
    primary.begin();
    Awaitility.await().atMost(PATIENCE).until(primary::isActive);
    await(backup, times + 1);
  }

  /** SIGKILL of the one that only replicates, and its return. */
  public void loseTheBackup() throws IOException {
    int times = timesInStep(backup);
    killTheBackup();
    backup.begin();
    await(backup, times + 1);
  }

  /** SIGKILL of the one that only replicates. */
  public void killTheBackup() {
    backup.kill();
  }

  public String url() {
    return "(" + primary.url() + "," + backup.url() + ")?ha=true";
  }

  public String[] settings() {
    return BrokerProcess.settings(url(), primary.subscribersPort());
  }

  /** A subscriber that knows both. */
  public Subscriber subscriber(Answer subscription) throws JMSException {
    ObjectNode credentials = subscription.json().deepCopy();
    JsonNode queue = credentials.path("queue");
    credentials
        .withObject("/urls")
        .put(
            "amqp",
            "failover:(amqp://localhost:%d,amqp://localhost:%d)"
                .formatted(primary.subscribersPort(), backup.subscribersPort()));
    return Subscriber.of(credentials, queue.asText());
  }

  @Override
  public void close() {
    primary.close();
    backup.close();
  }
}
