package io.gatehouse.signin;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Subject;
import io.github.bucket4j.Bucket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records refused credentials in the log {@code gatehouse.security}, at most ten lines a second and
 * a summary of the rest, and once an hour for each address in the audit log. No secret or part of
 * one is written. Text from the client is encoded.
 */
public final class RefusalLog {

  private static final Logger LOG = LoggerFactory.getLogger("gatehouse.security");
  private static final int LINES_A_SECOND = 10;
  private static final int BURSTS_AN_HOUR = 100;
  private static final int LONGEST = 100;

  private final Consumer<AuditLog.Burst> audit;
  private final Consumer<String> counter;
  private final Clock clock;
  private final Map<String, Integer> suppressed = new TreeMap<>();
  private final Map<String, Instant> audited = new HashMap<>();
  private final Bucket lines =
      Bucket.builder()
          .withNanosecondPrecision()
          .addLimit(
              it -> it.capacity(LINES_A_SECOND).refillGreedy(LINES_A_SECOND, Duration.ofSeconds(1)))
          .build();

  /**
   * Creates the log.
   *
   * @param audit stores a burst without blocking the caller
   * @param counter counts a refusal in a realm
   */
  public RefusalLog(Consumer<AuditLog.Burst> audit, Consumer<String> counter, Clock clock) {
    this.audit = audit;
    this.counter = counter;
    this.clock = clock;
  }

  void refused(Attempt attempt, Subject subject) {
    counter.accept(attempt.realm().word());
    if (lines.tryConsume(1)) {
      LOG.warn(
          "event=refused realm={} from={} tenant={} connection={} name={} count=1",
          attempt.realm().word(),
          attempt.address(),
          shown(subject.tenant()),
          shown(subject.connection()),
          shown(subject.name()));
    } else {
      count(attempt);
    }
  }

  /** Records a credential that was not checked, because too many before it were wrong. */
  void suppressed(Attempt attempt) {
    counter.accept(attempt.realm().word());
    count(attempt);
  }

  private synchronized void count(Attempt attempt) {
    String key = attempt.realm().word() + " from=" + attempt.address();
    if (suppressed.containsKey(key) || suppressed.size() < BURSTS_AN_HOUR) {
      suppressed.merge(key, 1, Integer::sum);
    } else {
      suppressed.merge(attempt.realm().word() + " from=others", 1, Integer::sum);
    }
  }

  /** Records that an address has reached the limit. The first time in an hour is always logged. */
  void burst(Attempt attempt, Subject subject, int count) {
    boolean isNew = isNew(attempt.origin());
    if (isNew || lines.tryConsume(1)) {
      LOG.warn(
          "event=throttled realm={} from={} tenant={} connection={} count={}",
          attempt.realm().word(),
          attempt.address(),
          shown(subject.tenant()),
          shown(subject.connection()),
          count);
    }
    if (isNew) {
      audit.accept(
          new AuditLog.Burst(
              subject.tenant(),
              subject.connection(),
              attempt.realm().word(),
              attempt.address(),
              count));
    }
  }

  private synchronized boolean isNew(String origin) {
    Instant now = clock.instant();
    audited.values().removeIf(it -> !it.plus(Duration.ofHours(1)).isAfter(now));
    return audited.size() < BURSTS_AN_HOUR && audited.putIfAbsent(origin, now) == null;
  }

  /** Logs how many refusals had no line of their own; to be called every few seconds. */
  public void summarize() {
    drain().forEach((key, count) -> LOG.warn("event=refused realm={} count={}", key, count));
  }

  private synchronized Map<String, Integer> drain() {
    Map<String, Integer> drained = new TreeMap<>(suppressed);
    suppressed.clear();
    return drained;
  }

  /** Keeps printable ASCII without the separators of the line; encodes the rest as {@code %0A}. */
  static String shown(@Nullable Object value) {
    if (value == null) {
      return "-";
    }
    StringBuilder shown = new StringBuilder();
    for (byte part : String.valueOf(value).getBytes(StandardCharsets.UTF_8)) {
      if (shown.length() >= LONGEST) {
        break;
      }
      boolean plain = part > ' ' && part < 0x7F && !Set.of('=', '%', '"').contains((char) part);
      shown.append(plain ? String.valueOf((char) part) : "%%%02X".formatted(part & 0xFF));
    }
    return shown.toString();
  }
}
