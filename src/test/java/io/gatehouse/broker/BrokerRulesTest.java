package io.gatehouse.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.broker.BrokerRule.Breach;
import io.gatehouse.scim.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gateway says about a setting of an external broker that breaks a promise. */
class BrokerRulesTest {

  private static final Map<String, AddressPolicy> ADDRESSES =
      BrokerCheck.byAddress(new BrokerTopology(null, 1 << 20).policies());

  /** The policies that differ. */
  private static Stream<Arguments> rulesOfAddresses() {
    return Stream.of("commands", "gatehouse.changes.hr", "gatehouse.dead")
        .flatMap(each -> ADDRESSES.get(each).rules().stream().map(it -> Arguments.of(each, it)));
  }

  private static Stream<BrokerRule> rulesOfQueuesAndOfTheBroker() {
    return Stream.of(
            BrokerCheck.BROKER,
            BrokerCheck.QUEUE,
            BrokerCheck.ORDERED,
            List.of(BrokerCheck.atItsAddress("commands")))
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rulesOfAddresses")
  void refusesAnotherValueAndSaysWhatItWouldBreak(String address, BrokerRule rule) {
    AddressPolicy policy = ADDRESSES.get(address);
    ObjectNode settings = policy.json();
    assertThat(policy.breaches(address, settings)).isEmpty();

    settings.set(rule.name(), Json.MAPPER.valueToTree(other(rule)));

    assertThat(policy.breaches(address, settings))
        .singleElement()
        .extracting(Breach::sentence)
        .asString()
        .isEqualTo(
            "the address '%s' has %s = %s, which must be %s, or %s",
            address, rule.label(), other(rule), wanted(rule), rule.otherwise());
    assertThat(policy.contradictions(address, settings, Json.object())).hasSize(1);
    assertThat(policy.contradictions(address, settings, settings)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rulesOfAddresses")
  void namesSettingsAsTheBrokerDoes(String address, BrokerRule rule) throws Exception {
    AddressSettings understood = AddressSettings.fromJSON(ADDRESSES.get(address).json().toString());
    JsonNode back = Json.MAPPER.readTree(understood.toJSON());

    assertThat(back.has(rule.name())).as(rule.name()).isTrue();
    assertThat(ADDRESSES.get(address).breaches(address, back)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rulesOfAddresses")
  void judgesASettingThatNobodyHasMadeByItsDefault(String address, BrokerRule rule) {
    AddressPolicy policy = ADDRESSES.get(address);
    ObjectNode settings = policy.json().without(rule.name());

    assertThat(policy.breaches(address, settings))
        .hasSize(rule.accepted().contains(rule.byDefault().toString()) ? 0 : 1);
    assertThat(policy.contradictions(address, settings, Json.object())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rulesOfQueuesAndOfTheBroker")
  void refusesAQueueOrABrokerThatBreaksAPromise(BrokerRule rule) {
    ObjectNode good = Json.object();
    good.set(rule.name(), rule.value());
    ObjectNode bad = Json.object();
    bad.set(rule.name(), Json.MAPPER.valueToTree(other(rule)));

    assertThat(BrokerCheck.check("it", List.of(rule), good)).isEmpty();
    assertThat(BrokerCheck.check("it", List.of(rule), bad))
        .singleElement()
        .extracting(Breach::sentence)
        .asString()
        .startsWith("it has " + rule.label() + " = " + other(rule))
        .endsWith("or " + rule.otherwise());
  }

  @Test
  void acceptsALimitOfMemoryThatLeavesCommandsTheirRoom() {
    for (long limit : new long[] {-1, AddressPolicy.ALL_IN_MEMORY, Long.MAX_VALUE / 16}) {
      assertThat(BrokerCheck.check("it", BrokerCheck.BROKER, limit(limit))).isEmpty();
    }
    assertThat(BrokerCheck.check("it", BrokerCheck.BROKER, limit(AddressPolicy.ALL_IN_MEMORY - 1)))
        .singleElement()
        .extracting(Breach::sentence)
        .asString()
        .contains("global-max-size = 268435455, which must be -1 or at least 268435456");
    long all =
        ADDRESSES.values().stream()
            .mapToLong(it -> ((Number) it.sizes().get("maxSizeBytes")).longValue())
            .sum();
    assertThat(all).isLessThan(AddressPolicy.ALL_IN_MEMORY);
  }

  private static ObjectNode limit(long bytes) {
    return Json.object().put("globalMaxSize", bytes);
  }

  @Test
  void refusesADivertThatTakesMessagesAway() {
    assertThat(BrokerCheck.divert("copy", false)).isEmpty();
    assertThat(BrokerCheck.divert("thief", true)).hasSize(1);
  }

  @Test
  void saysAllInOneSentenceTheFirstInFull() {
    ObjectNode settings = ADDRESSES.get("commands").json();
    settings.put("redeliveryDelay", 5_000).put("deadLetterAddress", "");

    assertThat(ExternalBroker.sentence(ADDRESSES.get("commands").breaches("commands", settings)))
        .isEqualTo(
            "At the external broker, the address 'commands' has dead-letter-address = nothing,"
                + " which must be gatehouse.dead, or messages could be lost; also wrong:"
                + " redelivery-delay = 5000 at the address 'commands'.");
  }

  @Test
  void showsNoPasswordsOfAUrlAndAddsOptionsForAllBrokers() {
    BrokerConnection pair =
        new BrokerConnection(
            "(tcp://u:pw1@a:1?sslEnabled=true;trustStorePassword=pw2,tcp://b:2?keyStorePassword=pw3)",
            "gatehouse",
            "pw4",
            1,
            true);

    assertThat(pair.place()).isEqualTo("(tcp://a:1,tcp://b:2)");
    assertThat(pair.toString()).doesNotContain("pw");
    assertThat(pair.urlWith("x=1")).isEqualTo(pair.url() + "?x=1");
    assertThat(new BrokerConnection("(tcp://a,tcp://b)?ha=true", "", "", 1, true).urlWith("x=1"))
        .isEqualTo("(tcp://a,tcp://b)?ha=true&x=1");
    assertThat(new BrokerConnection("tcp://a?b=c", "", "", 1, true).urlWith("x=1"))
        .isEqualTo("tcp://a?b=c&x=1");
  }

  private static String wanted(BrokerRule rule) {
    return String.join(" or ", rule.accepted()).isEmpty()
        ? "empty"
        : String.join(" or ", rule.accepted());
  }

  /** A value that nobody accepts. */
  private static Object other(BrokerRule rule) {
    if (rule.declared() instanceof Boolean value) {
      return !value;
    }
    return rule.declared() instanceof Number ? 77 : "DROP";
  }
}
