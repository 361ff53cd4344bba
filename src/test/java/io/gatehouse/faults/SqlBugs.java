package io.gatehouse.faults;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The SQL of the gateway with a seeded bug. */
enum SqlBugs {
  NO_CLAIM(
      SeededBug.CLAIM_SKIPPED,
      "from command_outcome o where o.command_id = any(?::uuid[])",
      "from command_outcome o where o.command_id = any(?::uuid[]) and false"),
  NO_OUTCOME(
      SeededBug.CLAIM_SKIPPED,
      "n (command_id, tenant_id, connection_id, target, fingerprint, instance, outcome)",
      "n (command_id, tenant_id, connection_id, target, fingerprint, instance, outcome)"
          + " on conflict do nothing"),
  NO_LOCK_OF_THE_RELAY(
      SeededBug.RELAY_WITHOUT_LOCK,
      "select pg_try_advisory_xact_lock(hashtextextended(?, 0))",
      "select hashtextextended(?, 0) is not null"),
  CURSOR(
      SeededBug.RELAY_CURSOR,
      "where c.published_at is null order by c.id",
      "where c.published_at is null and c.id > (select coalesce(max(a.id), 0) from change a"
          + " where a.published_at is not null) order by c.id"),
  NO_LOCK_OF_A_KEY(
      SeededBug.USER_UNLOCKED, "select pg_advisory_xact_lock(key)::text", "select key::text"),
  NO_LOCK_OF_A_ROW(SeededBug.USER_UNLOCKED, "limit 1 for no key update", "limit 1"),
  NO_CHECK_OF_THE_VERSION(
      SeededBug.USER_UNLOCKED,
      "n (event_id, tenant_id, resource_type, resource_id, version, type, data, occurred_at,"
          + " position) order by position",
      "n (event_id, tenant_id, resource_type, resource_id, version, type, data, occurred_at,"
          + " position) order by position on conflict do nothing");

  private final SeededBug bug;
  private final Pattern right;
  private final String wrong;

  SqlBugs(SeededBug bug, String right, String wrong) {
    this.bug = bug;
    this.right = pattern(right);
    this.wrong = wrong;
  }

  /** A text with any white space between its words. */
  static Pattern pattern(String text) {
    return Pattern.compile(
        Arrays.stream(text.split(" ")).map(Pattern::quote).collect(Collectors.joining("\\s+")));
  }

  /** The statement as it is executed. */
  static String rewritten(String sql) {
    String text = sql;
    for (SqlBugs each : values()) {
      if (Faults.has(each.bug)) {
        text = each.right.matcher(text).replaceAll(Matcher.quoteReplacement(each.wrong));
      }
    }
    return text;
  }
}
