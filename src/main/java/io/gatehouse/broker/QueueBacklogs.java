package io.gatehouse.broker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;

/** What waits in the gateway's own queues. */
public final class QueueBacklogs {

  private static final List<String> QUEUES =
      List.of(BrokerTopology.COMMANDS, BrokerTopology.SIGNALS, BrokerTopology.DEAD);

  private final BrokerTopology brokerTopology;

  QueueBacklogs(BrokerTopology brokerTopology) {
    this.brokerTopology = brokerTopology;
  }

  /**
   * The state of a queue.
   *
   * @param oldest age of the first message; zero when there is none
   */
  public record Backlog(long messages, Duration oldest) {}

  /**
   * The state of each queue, by its name.
   *
   * @throws BrokerUnavailableException when the broker does not answer
   */
  public Map<String, Backlog> read() {
    Map<String, Backlog> all = new LinkedHashMap<>();
    brokerTopology.inSession(
        session -> {
          for (String queue : QUEUES) {
            long messages = session.queueQuery(SimpleString.of(queue)).getMessageCount();
            Object age =
                messages == 0
                    ? null
                    : BrokerManagement.attribute(session, queue, "firstMessageAge");
            long millis = age instanceof Number number ? Math.max(0, number.longValue()) : 0;
            all.put(queue, new Backlog(messages, Duration.ofMillis(millis)));
          }
        });
    return all;
  }
}
