package io.gatehouse.broker;

import static io.gatehouse.broker.BrokerRule.exactly;
import static io.gatehouse.broker.BrokerRule.untouched;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.broker.BrokerRule.Breach;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The settings of an address: the gateway declares all of them, and checks the rules with an
 * external broker, where others may set more.
 *
 * @param rules those on which a promise rests
 * @param sizes those that only say how much
 */
record AddressPolicy(List<BrokerRule> rules, Map<String, Object> sizes) {

  private static final int MIB = 1024 * 1024;

  /**
   * The part of an address in memory, in bytes; the rest is paged to disk. Each address has a limit
   * of its own and there is no global one that is smaller than all of them together, so that the
   * backlogs of subscribers take no memory from commands. All fit into a heap of 512 MiB.
   */
  private static final long IN_MEMORY = 8 * MIB;

  private static final long ORDERED_IN_MEMORY = 64L * MIB;

  /** More than the limits of two ordered queues and of all other addresses. */
  static final long ALL_IN_MEMORY = 256L * MIB;

  private static final long NEVER = -1;

  /** The default has no bound: it takes memory for each user. */
  static final int BUCKETS = 1024;

  static final String UNORDERED = "the order of a user's changes, or memory, could be lost";

  /** Small pages, since a queue with a consumer holds a whole page in memory. */
  private static final Map<String, Object> PAGES =
      Map.of(
          "maxSizeBytes",
          IN_MEMORY,
          "pageSizeBytes",
          BrokerTopology.PAGE,
          "prefetchPageBytes",
          BrokerTopology.PAGE / 2,
          "maxReadPageBytes",
          10 * MIB,
          "autoCreateQueues",
          false,
          "autoCreateAddresses",
          false);

  /** Settings of addresses that have none of their own. */
  static AddressPolicy common() {
    return new AddressPolicy(
        List.of(
            exactly("addressFullMessagePolicy", "PAGE", "PAGE", "messages could be lost"),
            exactly("deadLetterAddress", BrokerTopology.DEAD, "", "messages could be lost"),
            exactly("expiryAddress", BrokerTopology.EXPIRED, "", "messages could be lost"),
            kept("autoDeleteQueues"),
            kept("autoDeleteAddresses"),
            failing("diskFullMessagePolicy")),
        PAGES);
  }

  private static BrokerRule kept(String name) {
    return exactly(name, false, true, "what waits there could be deleted");
  }

  private static BrokerRule failing(String name) {
    return exactly(name, "FAIL", "", "a write to a full disk could hang or be lost");
  }

  /**
   * Settings of the ordered queues. A rollback keeps the order of a group only without a redelivery
   * delay, and messages are redelivered without limit. Only probes have a time to live; an expired
   * probe is dropped.
   */
  static AddressPolicy inOrder() {
    String late = "commands could expire before they are applied";
    String overtaken = "a change could overtake an older one of the same user";
    List<BrokerRule> rules =
        List.of(
            exactly("addressFullMessagePolicy", "FAIL", "PAGE", "commands could be lost or hang"),
            exactly("maxDeliveryAttempts", -1, 10, "accepted commands could be given up"),
            untouched("expiryDelay", NEVER, late),
            untouched("minExpiryDelay", NEVER, late),
            untouched("maxExpiryDelay", NEVER, late),
            untouched("redistributionDelay", NEVER, overtaken),
            untouched("maxSizeMessages", NEVER, "commands could be refused while there is room"),
            untouched("slowConsumerThreshold", NEVER, "the gateway could be disconnected"),
            exactly("defaultGroupRebalance", true, false, "a new gateway would get no commands"),
            exactly("defaultGroupRebalancePauseDispatch", true, false, overtaken));
    return expired("")
        .with(rules, Map.of("maxSizeBytes", ORDERED_IN_MEMORY))
        .with(queues(), Map.of());
  }

  /**
   * Settings of the events. Events that find no room on disk wait in the database, until {@code
   * LagMonitor} empties the longest queue.
   *
   * @param disk maximum number of bytes of one profile's events on disk; further events are refused
   */
  static AddressPolicy changes(long disk) {
    List<BrokerRule> rules =
        List.of(
            failing("pageFullMessagePolicy"),
            untouched("pageLimitMessages", -1, "events could be refused while there is room"),
            exactly("deadLetterAddress", BrokerTopology.FAILED, "", "failed events could be lost"),
            exactly("maxDeliveryAttempts", 5, 10, "failed events would come late or never"));
    return expiring()
        .with(rules, Map.of("pageLimitBytes", disk, "idCacheSize", 50_000))
        .with(queues(), Map.of());
  }

  /** Messages that are not read in time are dropped, because the expiry address is empty. */
  static AddressPolicy expiring() {
    String early = "events could expire before their subscriber counts as lagging";
    String long_ = "personal data could be kept for too long";
    return expired("")
        .with(
            List.of(
                exactly("expiryDelay", BrokerTopology.KEPT.toMillis(), NEVER, long_),
                untouched("minExpiryDelay", NEVER, long_),
                untouched("maxExpiryDelay", NEVER, early),
                untouched("noExpiry", false, long_)),
            Map.of());
  }

  private static AddressPolicy expired(String address) {
    return common()
        .with(
            List.of(
                exactly("expiryAddress", address, "", "what has expired would be kept for ever")),
            Map.of());
  }

  /** Rules for the defaults of queues, and for what keeps the order of a queue's groups. */
  private static List<BrokerRule> queues() {
    String lost = "messages could be lost";
    return List.of(
        untouched("redeliveryDelay", 0, "a change could overtake an older one of the same user"),
        exactly("defaultGroupBuckets", BUCKETS, -1, UNORDERED),
        untouched("defaultLastValueQueue", false, lost),
        untouched("defaultNonDestructive", false, "messages would be delivered for ever"),
        untouched("defaultRingSize", -1, lost),
        untouched("defaultPurgeOnNoConsumers", false, lost),
        untouched("defaultMaxConsumers", -1, "a consumer could be refused"),
        untouched("defaultExclusiveQueue", false, "all but one consumer would get nothing"),
        untouched("configDeleteQueues", "OFF", "a change of broker.xml could delete messages"),
        untouched("configDeleteAddresses", "OFF", "a change of broker.xml could delete messages"));
  }

  private AddressPolicy with(List<BrokerRule> more, Map<String, Object> moreSizes) {
    List<BrokerRule> all = new ArrayList<>(rules);
    more.forEach(rule -> all.removeIf(it -> it.name().equals(rule.name())));
    all.addAll(more);
    Map<String, Object> allSizes = new TreeMap<>(sizes);
    allSizes.putAll(moreSizes);
    return new AddressPolicy(List.copyOf(all), allSizes);
  }

  /** All settings, as the management API takes them. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    sizes.forEach((name, size) -> json.set(name, Json.MAPPER.valueToTree(size)));
    rules.forEach(it -> json.set(it.name(), it.value()));
    return json;
  }

  /** The settings in force that break a rule. */
  List<Breach> breaches(String address, JsonNode settings) {
    return found(address, settings).toList();
  }

  /**
   * The settings that break a rule, and that the gateway would overwrite against the will of the
   * one who made them.
   *
   * @param common the settings of all addresses, which do not count here
   */
  List<Breach> contradictions(String address, JsonNode settings, JsonNode common) {
    return found(address, settings)
        .filter(it -> settings.has(it.rule().name()))
        .filter(it -> !settings.path(it.rule().name()).equals(common.path(it.rule().name())))
        .toList();
  }

  private Stream<Breach> found(String address, JsonNode settings) {
    return rules.stream()
        .flatMap(it -> it.check("the address '" + address + "'", settings).stream());
  }
}
