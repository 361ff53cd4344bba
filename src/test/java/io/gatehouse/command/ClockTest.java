package io.gatehouse.command;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.lifecycle.Purge;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clock of a gateway may be wrong; deadlines go by the clock of the database. */
class ClockTest {

  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";
  private static final Duration RETENTION = Duration.ofDays(90);

  /** When clocks are put back or forward in one of the zones below. */
  private static final List<String> HOURS =
      List.of(
          "2036-10-26T00:30:00.123456Z",
          "2036-10-26T01:30:00.123456Z",
          "2037-03-29T00:59:59.999999Z",
          "2037-03-29T01:00:00Z",
          "2036-11-02T05:30:00.123456Z",
          "2036-11-02T06:30:00.123456Z",
          "2037-03-08T06:59:59.999999Z",
          "2037-03-08T07:00:00Z",
          "2036-10-04T15:29:59.999999Z",
          "2037-04-04T14:45:00.123456Z",
          "2037-04-04T15:15:00.123456Z");

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");

  @AfterEach
  void setTheClockRight() {
    MovableClock.set(Duration.ZERO);
  }

  @Test
  void erasesNobodyEarlyWhenTheClockOfTheGatewayIsAhead() {
    MovableClock.set(Duration.ofDays(200));
    UUID deactivated = deactivated("ada");
    UUID deleted = idp.create(user("grace")).id();
    idp.delete(deleted);

    assertDeadlineIsRight(deactivated);
    assertDeadlineIsRight(deleted);
    assertKept(deactivated);
    assertKept(deleted);
  }

  @Test
  void erasesNobodyEarlyWhenTheClockOfTheGatewayJumpsAheadAfterwards() {
    MovableClock.set(Duration.ZERO);
    UUID ada = deactivated("ada");
    MovableClock.set(Duration.ofDays(200));

    assertKept(ada);
    assertDeadlineIsRight(ada);
  }

  @Test
  void erasesInTimeWhenTheClockOfTheGatewayJumpsBack() {
    MovableClock.set(Duration.ofDays(200));
    UUID ada = deactivated("ada");
    MovableClock.set(Duration.ofDays(-200));
    UUID grace = deactivated("grace");

    assertDeadlineIsRight(ada);
    assertDeadlineIsRight(grace);
    assertKept(grace);
    reach(ada);
    reach(grace);
    assertThat(purge(ada)).isEqualTo(204);
    assertThat(purge(grace)).isEqualTo(204);
  }

  @Test
  void admitsRequestsAtTheirRateWhenTheClockOfTheGatewayJumpsBack() {
    MovableClock.set(Duration.ZERO);
    gateway.admin(
        "PATCH",
        "/connections/" + idp.connection(),
        Json.stored("{\"settings\":{\"rateLimit\":1}}"));
    await().until(() -> idp.find("userName eq \"nobody\"").status() == 429);

    MovableClock.set(Duration.ofHours(-1));

    await().until(() -> idp.find("userName eq \"nobody\"").status() == 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"})
  void keepsADeadlineWhenAnHourComesTwiceOrNotAtAll(String zone) {
    MovableClock.set(Duration.ZERO);
    UUID ada = deactivated("ada");
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      for (String deadline : HOURS) {
        gateway.sql("update person set purge_after = ?::timestamptz where id = ?", deadline, ada);
        idp.patch(
            ada, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"%s\"}".formatted(deadline));

        assertThat(stored(ada).purgeAfter()).isEqualTo(Instant.parse(deadline));
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private UUID deactivated(String userName) {
    UUID id = idp.create(user(userName)).id();
    assertThat(idp.patch(id, LEAVE).status()).isEqualTo(200);
    return id;
  }

  private void assertDeadlineIsRight(UUID id) {
    Stored it = stored(id);

    assertThat(it.deactivatedAt()).isBetween(it.now().minusSeconds(60), it.now());
    assertThat(it.purgeAfter()).isEqualTo(it.deactivatedAt().plus(RETENTION));
  }

  private void assertKept(UUID id) {
    gateway.bean(Purge.class).run();
    assertThat(purge(id)).isEqualTo(409);
    assertThat(stored(id).active()).isFalse();
  }

  private int purge(UUID id) {
    Caller caller =
        gateway.bean(Connections.class).holder(new BearerToken(idp.token())).orElseThrow().caller();
    return gateway
        .bean(CommandGateway.class)
        .submit(
            Caller.schedule(caller.tenant(), caller.tenantSlug()),
            new Command.Lifecycle(id, LifecycleAction.PURGE))
        .status();
  }

  private void reach(UUID id) {
    gateway.sql("update person set purge_after = now() where id = ?", id);
  }

  /** A person in the database, and its clock. */
  private record Stored(boolean active, Instant deactivatedAt, Instant purgeAfter, Instant now) {}

  private Stored stored(UUID id) {
    return gateway
        .bean(JdbcClient.class)
        .sql(
            "select active, deactivated_at, purge_after, clock_timestamp() from person where id = ?")
        .param(id)
        .query(
            (row, n) ->
                new Stored(
                    row.getBoolean(1),
                    row.getTimestamp(2).toInstant(),
                    row.getTimestamp(3).toInstant(),
                    row.getTimestamp(4).toInstant()))
        .single();
  }
}
