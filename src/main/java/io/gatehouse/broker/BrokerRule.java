package io.gatehouse.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A setting of the broker on which a promise of the gateway rests. When the declared value changes,
 * the earlier one stays among the accepted ones for a version: gateways of both run side by side.
 *
 * @param name as the management API has it
 * @param declared the value that the gateway sets, where it can
 * @param byDefault the value when nobody has set one
 * @param accepted all values that keep the promise, as text
 * @param otherwise what could happen with another value
 */
record BrokerRule(
    String name, Object declared, Object byDefault, List<String> accepted, String otherwise) {

  private static final String AT_LEAST = "at least ";

  /** A rule that only one value keeps. */
  static BrokerRule exactly(String name, Object value, Object byDefault, String otherwise) {
    return new BrokerRule(name, value, byDefault, List.of(value.toString()), otherwise);
  }

  /** A rule for a setting whose default keeps the promise. */
  static BrokerRule untouched(String name, Object byDefault, String otherwise) {
    return exactly(name, byDefault, byDefault, otherwise);
  }

  /** A rule for a limit, which may also be -1 for none. */
  static BrokerRule atLeast(String name, long limit, String otherwise) {
    return new BrokerRule(name, limit, 0, List.of("-1", AT_LEAST + limit), otherwise);
  }

  /**
   * A setting that breaks the rule.
   *
   * @param subject for example {@code the queue 'commands'}
   */
  record Breach(BrokerRule rule, String subject, String value) {

    /** Says what is set where, what it has to be, and what could happen otherwise. */
    String sentence() {
      return "%s has %s, which must be %s, or %s"
          .formatted(subject, brief(), rule.wanted(), rule.otherwise());
    }

    String brief() {
      return rule.label() + " = " + (value.isEmpty() ? "nothing" : value);
    }
  }

  /**
   * Checks the settings in force.
   *
   * @param subject what has the settings
   * @param settings those that are set; the others have their defaults
   */
  Optional<Breach> check(String subject, JsonNode settings) {
    JsonNode found = settings.path(name);
    String value = found.isValueNode() && !found.isNull() ? found.asText("") : byDefault.toString();
    return accepted.stream().anyMatch(it -> matches(it, value))
        ? Optional.empty()
        : Optional.of(new Breach(this, subject, value));
  }

  private static boolean matches(String accepted, String value) {
    if (accepted.startsWith(AT_LEAST) && value.matches("\\d{1,18}")) {
      return Long.parseLong(value) >= Long.parseLong(accepted.substring(AT_LEAST.length()));
    }
    return accepted.equals(value);
  }

  JsonNode value() {
    return Json.MAPPER.valueToTree(declared);
  }

  private String wanted() {
    return String.join(" or ", accepted.stream().map(it -> it.isEmpty() ? "empty" : it).toList());
  }

  /** The name as it stands in {@code broker.xml}. */
  String label() {
    return name.replace("FullMessagePolicy", "FullPolicy")
        .replace("DLA", "Dla")
        .replace("IDC", "IdC")
        .replaceAll("([A-Z])", "-$1")
        .toLowerCase(Locale.ROOT);
  }
}
