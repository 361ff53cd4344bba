package io.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Leeway;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schemas;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the data of somebody who left may be erased, without a database. */
class DeadlinesTest {

  private static final Caller IDP = new Caller(new UUID(0, 1), "acme", new UUID(0, 2), "standard");
  private static final Caller SCHEDULE = Caller.schedule(IDP.tenant(), IDP.tenantSlug());
  private static final Duration NINETY_DAYS = Duration.ofDays(90);
  private static final Instant LEFT = Instant.parse("2026-11-03T09:15:00.123456Z");

  private final TimeZone zone = TimeZone.getDefault();
  private final UUID ada = UUID.randomUUID();
  private final BatchPeople people = new BatchPeople(List.of());
  private BatchRules rules = BatchRules.NONE;

  @AfterEach
  void resetZone() {
    TimeZone.setDefault(zone);
  }

  @ParameterizedTest
  @CsvSource({
    "2027-12-01T12:00:00Z, 2028-02-29T12:00:00Z",
    "2027-12-02T00:00:00Z, 2028-03-01T00:00:00Z",
    "2026-12-02T00:00:00Z, 2027-03-02T00:00:00Z",
    "2028-02-29T23:59:59.999999Z, 2028-05-29T23:59:59.999999Z",
    "2099-12-01T00:00:00Z, 2100-03-01T00:00:00Z"
  })
  void countsTheLeapDayAsADay(Instant left, Instant deadline) {
    leave(left);

    assertThat(deadline()).isEqualTo(deadline);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Pacific/Apia"
      })
  void countsHoursWhateverTheClockOnTheWallDoes(String zone) {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    for (String left :
        List.of(
            // 90 days on, the clocks have been put forward, or back, in Berlin or in New York
            "2026-01-01T01:30:00Z",
            "2026-03-29T00:59:59.999999Z",
            "2026-08-03T00:30:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z",
            "2026-11-01T05:30:00Z",
            "2026-11-01T06:30:00Z")) {
      leave(Instant.parse(left));

      assertThat(Duration.between(Instant.parse(left), deadline())).isEqualTo(NINETY_DAYS);
      comeBack(Instant.parse(left).plusSeconds(1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 30, 90, 365, 3650})
  void keepsTheRetentionOfTheTenant(int days) {
    rules =
        new BatchRules(
            Map.of(IDP.tenant(), new TenantRules(Duration.ofDays(days), Schemas.STANDARD)),
            Map.of(),
            Set.of());
    leave(LEFT);

    assertThat(deadline()).isEqualTo(LEFT.plus(Duration.ofDays(days)));
    assertThat(purge(deadline().minusNanos(1))).isEqualTo(409);
    assertThat(purge(deadline())).isEqualTo(204);
  }

  @Test
  void isReachedAtTheVeryInstantAndNotBefore() {
    leave(LEFT);
    Instant deadline = LEFT.plus(NINETY_DAYS);

    assertThat(purge(LEFT)).isEqualTo(409);
    assertThat(purge(deadline.minus(Duration.ofNanos(1_000)))).isEqualTo(409);
    assertThat(purge(deadline.minusNanos(1))).isEqualTo(409);
    assertThat(purge(deadline)).isEqualTo(204);
    assertThat(people.erased()).extracting(Person::id).containsExactly(ada);
  }

  @Test
  void hasPassedForEver() {
    leave(LEFT);

    assertThat(purge(LEFT.plus(Duration.ofDays(36_500)))).isEqualTo(204);
  }

  @Test
  void doesNotHoldForWhoIsBack() {
    leave(LEFT);
    comeBack(LEFT.plus(NINETY_DAYS));

    assertThat(deadline()).isNull();
    assertThat(purge(LEFT.plus(Duration.ofDays(36_500)))).isEqualTo(409);
  }

  @Test
  void beginsAnewWithEachDeparture() {
    leave(LEFT);
    comeBack(LEFT.plus(Duration.ofDays(89)));
    Instant again = LEFT.plus(Duration.ofDays(89)).plusSeconds(1);
    leave(again);

    assertThat(deadline()).isEqualTo(again.plus(NINETY_DAYS));
    assertThat(purge(LEFT.plus(NINETY_DAYS))).isEqualTo(409);
  }

  @Test
  void isNotPutOffByADeletionAfterTheDeparture() {
    leave(LEFT);
    apply(IDP, new Command.Delete(ResourceType.USER, ada, null), LEFT.plus(Duration.ofDays(89)));

    assertThat(purge(LEFT.plus(NINETY_DAYS))).isEqualTo(204);
  }

  @Test
  void isNotPutOffByAChangeAfterTheDeparture() {
    leave(LEFT);
    patch("title", "\"Countess\"", LEFT.plus(Duration.ofDays(89)));
    patch("active", "false", LEFT.plus(Duration.ofDays(89)));

    assertThat(purge(LEFT.plus(NINETY_DAYS))).isEqualTo(204);
  }

  /** Comes first, if need be. */
  private void leave(Instant now) {
    if (people.changed().isEmpty()) {
      ObjectNode user = ScimClient.user("ada").put("active", true);
      apply(IDP, new Command.Create(ResourceType.USER, ada, user), now.minusSeconds(1));
    }
    patch("active", "false", now);
  }

  private void comeBack(Instant now) {
    patch("active", "true", now);
  }

  private void patch(String path, String value, Instant now) {
    String operation = "{\"op\":\"replace\",\"path\":\"%s\",\"value\":%s}".formatted(path, value);
    List<PatchOperation> operations = PatchOperation.readAll(ScimClient.patch(operation));
    Outcome outcome =
        apply(IDP, new Command.Modify(ResourceType.USER, ada, operations, Leeway.NONE, null), now);
    assertThat(outcome.status()).isEqualTo(200);
  }

  private int purge(Instant now) {
    return apply(SCHEDULE, new Command.Lifecycle(ada, LifecycleAction.PURGE), now).status();
  }

  private Outcome apply(Caller caller, Command command, Instant now) {
    BatchState state = new BatchState(people, BatchGroups.empty(), rules, new Conflicts(Map.of()));
    Envelope envelope =
        new Envelope(
            CommandId.next(now), caller, command, new Envelope.Trace("i", now, "f", List.of()));
    return Fold.apply(state, envelope, now).outcome();
  }

  private Instant deadline() {
    return people.ofTenant(IDP, ada).orElseThrow().lifecycle().purgeAfter();
  }
}
