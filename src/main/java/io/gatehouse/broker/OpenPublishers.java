package io.gatehouse.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQException;

/** The sessions of publishers that the broker has, those of all gateways. */
final class OpenPublishers {

  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();
  private static final int PAUSE_MILLIS = 20;
  private static final int MANY = 1_000;

  /** Finds them by the beginning of their client id. */
  private static final String OF_PUBLISHERS =
      Json.text(
          Json.object()
              .put("field", "clientID")
              .put("operation", "CONTAINS")
              .put("value", PublisherSession.CLIENT));

  private final BrokerTopology brokerTopology;

  OpenPublishers(BrokerTopology brokerTopology) {
    this.brokerTopology = brokerTopology;
  }

  /**
   * Ends all, and returns when none is left: a transaction of theirs is committed and its duplicate
   * ids are known then, or it never will be. A gateway that has done nothing wrong connects again.
   *
   * @throws BrokerUnavailableException when some are left
   */
  void end() {
    brokerTopology.inSession(
        SessionLimits.BACKGROUND,
        broker -> {
          long start = System.nanoTime();
          for (JsonNode left = left(broker); !left.isEmpty(); left = left(broker)) {
            if (System.nanoTime() - start > PATIENCE) {
              throw new ActiveMQException("a session of a publisher does not end");
            }
            for (JsonNode each : left) {
              broker.broker("closeConnectionWithID", each.path("connectionID").asText());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
          }
        });
  }

  private static JsonNode left(BrokerManagement broker) throws Exception {
    Object found = broker.broker("listSessions", OF_PUBLISHERS, 1, MANY);
    return Json.MAPPER.readTree(String.valueOf(found)).path("data");
  }
}
