package io.gatehouse.broker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;

/** What waits in the gateway's own queues. */
public final class QueueBacklogs {

  private static final List<String> QUEUES =
      List.of(BrokerTopology.COMMANDS, BrokerTopology.SIGNALS, BrokerTopology.DEAD);

  private final BrokerTopology brokerTopology;
  private final Clock clock;
  private final Map<String, Progress> last = new HashMap<>();

  QueueBacklogs(BrokerTopology brokerTopology, Clock clock) {
    this.brokerTopology = brokerTopology;
    this.clock = clock;
  }

  /**
   * The state of a queue.
   *
   * @param oldest age of the first message that no consumer holds, or the time in which none has
   *     been acknowledged while some are there, whichever is longer; zero when there is none
   */
  public record Backlog(long messages, Duration oldest) {}

  /** How many messages have been acknowledged, and since when it is so many. */
  private record Progress(long acknowledged, Instant since) {}

  /**
   * The state of each queue, by its name.
   *
   * @throws BrokerUnavailableException when the broker does not answer
   */
  public synchronized Map<String, Backlog> read() {
    Map<String, Backlog> all = new LinkedHashMap<>();
    brokerTopology.inSession(
        broker -> {
          for (String queue : QUEUES) {
            long messages = broker.session().queueQuery(SimpleString.of(queue)).getMessageCount();
            all.put(queue, new Backlog(messages, oldest(broker, queue, messages)));
          }
        });
    return all;
  }

  /** Consumers hold hundreds of messages, whose age the broker does not tell. */
  private Duration oldest(BrokerManagement broker, String queue, long messages) throws Exception {
    if (messages == 0) {
      last.remove(queue);
      return Duration.ZERO;
    }
    Duration first = Duration.ofMillis(number(broker, queue, "firstMessageAge"));
    Duration still = standstill(queue, number(broker, queue, "messagesAcknowledged"));
    return first.compareTo(still) > 0 ? first : still;
  }

  private Duration standstill(String queue, long acknowledged) {
    Instant now = clock.instant();
    Progress before = last.get(queue);
    if (before == null || before.acknowledged() != acknowledged) {
      last.put(queue, new Progress(acknowledged, now));
      return Duration.ZERO;
    }
    return Duration.between(before.since(), now);
  }

  private static long number(BrokerManagement broker, String queue, String attribute)
      throws Exception {
    return broker.attribute(queue, attribute) instanceof Number number
        ? Math.max(0, number.longValue())
        : 0;
  }
}
