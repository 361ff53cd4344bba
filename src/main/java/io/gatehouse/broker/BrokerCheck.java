package io.gatehouse.broker;

import static io.gatehouse.broker.BrokerRule.atLeast;
import static io.gatehouse.broker.BrokerRule.exactly;
import static io.gatehouse.broker.BrokerRule.untouched;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.broker.BrokerRule.Breach;
import io.gatehouse.delivery.Profile;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the settings of a broker with those that the promises of the gateway rest on. */
final class BrokerCheck {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerCheck.class);
  private static final String LOST = "messages could be lost";

  /** An address without settings of its own. */
  private static final String OTHER = "gatehouse.other";

  /** Rules for the broker as a whole. */
  static final List<BrokerRule> BROKER =
      List.of(
          untouched("persistenceEnabled", true, "a restart would lose accepted changes"),
          untouched("journalSyncNonTransactional", true, "a crash could lose accepted changes"),
          untouched("journalSyncTransactional", true, "a crash could lose events"),
          untouched("persistIDCache", true, "an event could come twice after a restart"),
          untouched("securityEnabled", true, "every client could read all events"),
          atLeast(
              "globalMaxSize", AddressPolicy.ALL_IN_MEMORY, "events could take commands' room"));

  /** Rules for the queues of {@link BrokerTopology#QUEUES}. */
  static final List<BrokerRule> QUEUE =
      List.of(
          untouched("durable", true, "a restart would lose messages"),
          untouched("autoDelete", false, "what waits there could be deleted"),
          untouched("lastValue", false, LOST),
          untouched("ringSize", -1, LOST),
          untouched("purgeOnNoConsumers", false, LOST),
          untouched("filter", "", LOST),
          untouched("routingType", "ANYCAST", "messages could be doubled"),
          untouched("nonDestructive", false, "messages would be delivered for ever"),
          untouched("enabled", true, "messages would not be kept"),
          untouched("maxConsumers", -1, "a gateway could be refused as a consumer"));

  /** Further rules for the ordered queues. */
  static final List<BrokerRule> ORDERED =
      List.of(
          untouched("exclusive", false, "all but one consumer would get nothing"),
          untouched("consumersBeforeDispatch", 0, "commands could wait for ever"),
          untouched("delayBeforeDispatch", -1, "commands could be late"),
          exactly("groupRebalance", true, false, "a new gateway would get no commands"),
          exactly("groupBuckets", AddressPolicy.BUCKETS, -1, AddressPolicy.UNORDERED));

  private final BrokerManagement management;
  private final Map<String, AddressPolicy> addresses;

  /**
   * @param policies by address or by the pattern of the profiles' addresses
   */
  BrokerCheck(BrokerManagement management, Map<String, AddressPolicy> policies) {
    this.management = management;
    this.addresses = byAddress(policies);
  }

  /** The policy of each address. */
  static Map<String, AddressPolicy> byAddress(Map<String, AddressPolicy> policies) {
    Map<String, AddressPolicy> addresses = new LinkedHashMap<>(policies);
    AddressPolicy changes = addresses.remove(BrokerTopology.CHANGES);
    for (Profile profile : Profile.values()) {
      addresses.put(profile.address(), changes);
    }
    return addresses;
  }

  /**
   * Settings that were made for the gateway's own addresses and contradict the gateway's. What is
   * found is read again, because another gateway may be declaring its settings at this moment.
   */
  List<Breach> contradictions() throws Exception {
    List<Breach> breaches = contradictionsNow();
    if (!breaches.isEmpty()) {
      TimeUnit.SECONDS.sleep(1);
      breaches = contradictionsNow();
    }
    return breaches;
  }

  private List<Breach> contradictionsNow() throws Exception {
    JsonNode common = settings(OTHER);
    List<Breach> breaches = new ArrayList<>();
    for (var each : addresses.entrySet()) {
      JsonNode settings = settings(each.getKey());
      breaches.addAll(each.getValue().contradictions(each.getKey(), settings, common));
    }
    return breaches;
  }

  /** What breaks a promise after the gateway has declared its settings and queues. */
  List<Breach> breaches() throws Exception {
    List<Breach> breaches = new ArrayList<>(check("the broker", BROKER, broker()));
    for (var each : addresses.entrySet()) {
      breaches.addAll(each.getValue().breaches(each.getKey(), settings(each.getKey())));
    }
    for (String queue : BrokerTopology.QUEUES) {
      breaches.addAll(queue(queue));
    }
    breaches.addAll(diverts());
    return breaches;
  }

  private JsonNode settings(String address) throws Exception {
    return Json.MAPPER.readTree(
        String.valueOf(management.broker("getAddressSettingsAsJSON", address)));
  }

  private ObjectNode broker() throws Exception {
    ObjectNode found = Json.object();
    for (BrokerRule rule : BROKER) {
      found.set(rule.name(), Json.MAPPER.valueToTree(management.ofBroker(rule.name())));
    }
    return found;
  }

  private List<Breach> queue(String name) throws Exception {
    ObjectNode found = attributes(management.session().queueQuery(SimpleString.of(name)));
    String subject = "the queue '" + name + "'";
    List<Breach> breaches = new ArrayList<>(check(subject, QUEUE, found));
    breaches.addAll(check(subject, List.of(atItsAddress(name)), found));
    if (addresses.containsKey(name) && isOrdered(name)) {
      breaches.addAll(check(subject, ORDERED, found));
    }
    return breaches;
  }

  private static boolean isOrdered(String queue) {
    return queue.equals(BrokerTopology.COMMANDS) || queue.equals(BrokerTopology.SIGNALS);
  }

  static BrokerRule atItsAddress(String queue) {
    return untouched("address", queue, LOST);
  }

  static ObjectNode attributes(ClientSession.QueueQuery queue) {
    return Json.object()
        .put("durable", queue.isDurable())
        .put("autoDelete", queue.isAutoDelete())
        .put("lastValue", queue.isLastValue())
        .put("ringSize", queue.getRingSize())
        .put("purgeOnNoConsumers", queue.isPurgeOnNoConsumers())
        .put("filter", text(queue.getFilterString()))
        .put("routingType", text(queue.getRoutingType()))
        .put("nonDestructive", queue.isNonDestructive())
        .put("enabled", queue.isEnabled())
        .put("maxConsumers", queue.getMaxConsumers())
        .put("exclusive", queue.isExclusive())
        .put("consumersBeforeDispatch", queue.getConsumersBeforeDispatch())
        .put("delayBeforeDispatch", queue.getDelayBeforeDispatch())
        .put("groupRebalance", queue.isGroupRebalance())
        .put("groupBuckets", queue.getGroupBuckets())
        .put("address", text(queue.getAddress()));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** An exclusive divert takes messages away from the queues of its address. */
  private List<Breach> diverts() throws Exception {
    List<Breach> breaches = new ArrayList<>();
    if (management.ofBroker("divertNames") instanceof Object[] names) {
      for (Object each : names) {
        String name = each.toString();
        Object address = management.ofDivert(name, "address");
        if (addresses.containsKey(String.valueOf(address))) {
          breaches.addAll(divert(name, management.ofDivert(name, "exclusive")));
        }
      }
    }
    return breaches;
  }

  static List<Breach> divert(String name, @Nullable Object exclusive) {
    return check(
        "the divert '" + name + "'",
        List.of(untouched("exclusive", false, "messages could be lost")),
        Json.object().put("exclusive", String.valueOf(exclusive)));
  }

  static List<Breach> check(String subject, List<BrokerRule> rules, JsonNode settings) {
    return rules.stream().flatMap(it -> it.check(subject, settings).stream()).toList();
  }

  /** A broker with a replica that is not in step, or not there, is one broker. */
  void warnOfAMissingBackup() throws Exception {
    String policy = String.valueOf(management.ofBroker("HAPolicy"));
    if (policy.contains("Replication")
        && !Boolean.TRUE.equals(management.ofBroker("replicaSync"))) {
      LOG.warn(
          "The external broker has no backup in step with it: if its disk is lost now, so are the"
              + " changes and events that wait there.");
    }
  }
}
