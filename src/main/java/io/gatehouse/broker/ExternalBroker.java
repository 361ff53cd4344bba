package io.gatehouse.broker;

import io.gatehouse.Instance;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.broker.BrokerRule.Breach;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start with a broker whose settings others may have made. */
final class ExternalBroker {

  private static final Logger LOG = LoggerFactory.getLogger(ExternalBroker.class);
  private static final String BAD_CREDENTIALS = "AMQ229031";

  private ExternalBroker() {}

  /**
   * Declares what is missing, and checks the rest.
   *
   * @throws StartupRefusedException with one sentence: a setting that breaks a promise, or why the
   *     broker cannot be used
   */
  static void prepare(BrokerTopology topology, BrokerConnection connection, Instance instance) {
    List<Breach> breaches;
    try {
      breaches = topology.declareChecked(instance);
    } catch (BrokerUnavailableException e) {
      LOG.debug("The external broker cannot be used", e);
      throw new StartupRefusedException(unusable(connection, e));
    }
    if (!breaches.isEmpty()) {
      throw new StartupRefusedException(sentence(breaches));
    }
  }

  /** The first in full, the others by name. */
  static String sentence(List<Breach> breaches) {
    String others =
        breaches.stream()
            .skip(1)
            .map(it -> it.brief() + " at " + it.subject())
            .collect(Collectors.joining(", "));
    return "At the external broker, "
        + breaches.get(0).sentence()
        + (others.isEmpty() ? "" : "; also wrong: " + others)
        + ".";
  }

  private static String unusable(BrokerConnection connection, BrokerUnavailableException e) {
    if (!(e.getCause() instanceof ActiveMQSecurityException refusal)) {
      return "The external broker at " + connection.place() + " cannot be used: " + reason(e);
    }
    String message = String.valueOf(refusal.getMessage());
    return message.startsWith(BAD_CREDENTIALS)
        ? "The external broker at "
            + connection.place()
            + " does not accept the user '"
            + connection.user()
            + "' with the password of GATEHOUSE_BROKER_PASSWORD."
        : "The external broker does not let the user '"
            + connection.user()
            + "' read and make its settings, for which the role of that user needs the permissions of"
            + " docker/artemis/broker.xml, manage among them: "
            + message;
  }

  /** Messages of others may have the whole URL in them. */
  private static String reason(BrokerUnavailableException e) {
    return e.getCause() instanceof ActiveMQException cause
        ? String.valueOf(cause.getMessage())
        : "GATEHOUSE_BROKER_URL is not such as tcp://host:61617 or (tcp://a:61617,tcp://b:61617)?ha=true.";
  }
}
