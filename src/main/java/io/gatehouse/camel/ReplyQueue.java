package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.broker.BrokerTopology;
import io.gatehouse.broker.BrokerUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The queue on which other instances report outcomes to this one. It does not survive a restart of
 * the broker, and only this instance can declare it again.
 */
@Component("replyQueue")
final class ReplyQueue {

  private static final Logger LOG = LoggerFactory.getLogger(ReplyQueue.class);

  private final BrokerTopology brokerTopology;
  private final Instance instance;

  ReplyQueue(BrokerTopology brokerTopology, Instance instance) {
    this.brokerTopology = brokerTopology;
    this.instance = instance;
  }

  /** Declares the queue if the broker does not have it. */
  void declare() {
    try {
      brokerTopology.declareReplies(instance.replyQueue());
    } catch (BrokerUnavailableException e) {
      LOG.debug("The queue of replies cannot be declared now", e);
    }
  }
}
