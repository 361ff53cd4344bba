package io.gatehouse.tenant;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.ConnectionActivities.Activity;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallActivityTest {

  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  private final UUID connection = UUID.randomUUID();
  private final Fake stored = new Fake();

  @Test
  void failsWhileTheLastCallWasRefused() {
    CallActivity calls = at(NOON);
    calls.answered(connection, true, 404, () -> "GET Users/{id}");
    assertThat(activity(calls).isFailing()).as("a read that finds nothing").isFalse();

    calls = at(NOON.plusSeconds(1));
    calls.answered(connection, false, 409, () -> "POST Users");
    assertThat(activity(calls).isFailing()).isTrue();
    assertThat(activity(calls).lastError()).isEqualTo("409 POST Users");
  }

  @Test
  void storesTheLatestOfAllInstances() {
    CallActivity one = at(NOON.plusSeconds(2));
    CallActivity other = at(NOON);
    one.answered(connection, false, 201, () -> "POST Users");
    other.answered(connection, false, 409, () -> "PUT Users/{id}");

    one.store();
    other.store();

    assertThat(activity(at(NOON)).lastCall()).isEqualTo("POST Users");
    assertThat(activity(at(NOON)).lastErrorAt()).isEqualTo(NOON);
    assertThat(activity(at(NOON)).isFailing()).isFalse();
  }

  @Test
  void storesNothingTwiceAndNothingOfManyCallsButTheLast() {
    CallActivity calls = at(NOON);
    for (int i = 0; i < 1_000; i++) {
      calls.answered(connection, true, 200, () -> "GET Users");
    }

    calls.store();
    calls.store();

    assertThat(stored.saves).isEqualTo(1);
  }

  @Test
  void isSeenWhileItIsStoredAndSoIsWhatIsNotedMeanwhile() {
    CallActivity calls = at(NOON);
    calls.answered(connection, true, 200, () -> "GET Users");
    stored.meanwhile =
        () -> {
          assertThat(activity(calls).lastCall()).isEqualTo("GET Users");
          calls.answered(connection, false, 409, () -> "POST Users");
        };

    calls.store();

    assertThat(activity(calls).lastError()).isEqualTo("409 POST Users");
    stored.meanwhile = () -> {};
    calls.store();
    assertThat(stored.rows.get(connection).lastError()).isEqualTo("409 POST Users");
  }

  @Test
  void keepsWhatCannotBeStored() {
    CallActivity calls = at(NOON);
    calls.answered(connection, true, 200, () -> "GET Users");
    stored.away = true;
    assertThatThrownBy(calls::store).isInstanceOf(StoreUnavailableException.class);
    stored.away = false;

    calls.store();

    assertThat(stored.rows.get(connection).lastCall()).isEqualTo("GET Users");
  }

  @Test
  void isKnownToOtherInstancesAndNamesNoOne() {
    Gateway gateway = Gateway.shared();
    ScimClient idp = gateway.connection("entra");
    idp.find("userName eq \"secret.name@example.com\"");
    gateway.call("DELETE", "/scim/v2/secret.name@example.com?secret=x&count=1", idp.token(), null);
    CallActivity calls = gateway.bean(CallActivity.class);
    ConnectionActivities table = gateway.bean(ConnectionActivities.class);
    UUID id = UUID.fromString(idp.connection());
    // A call is noted after its answer.
    await().until(() -> "DELETE (other)?count".equals(calls.of(List.of(id)).get(id).lastCall()));
    calls.store();

    Activity first = table.of(List.of(id)).get(id);

    assertThat(first.lastCall()).isEqualTo("DELETE (other)?count");
    assertThat(first.lastError()).isEqualTo("404 DELETE (other)?count");
    idp.create(user("ada@example.com"));
    idp.create(user("ada@example.com").put("title", "x"));
    await().until(() -> "409 POST Users".equals(calls.of(List.of(id)).get(id).lastError()));
    calls.store();
    Activity second = table.of(List.of(id)).get(id);
    assertThat(second.lastError()).isEqualTo("409 POST Users");
    assertThat(second.lastSuccessAt()).isAfterOrEqualTo(first.lastSuccessAt());
    table.save(Map.of(id, first));
    assertThat(table.of(List.of(id)).get(id)).as("the older does not win").isEqualTo(second);
  }

  @Test
  void countsWhatTheRateLimitRefuses() {
    Gateway gateway = Gateway.shared();
    ScimClient idp = gateway.connection("entra");
    ObjectNode change = Json.object();
    change.putObject("settings").put("rateLimit", 1);
    gateway.admin("PATCH", "/connections/" + idp.connection(), change);
    int status = 200;
    for (int i = 0; i < 50 && status != 429; i++) {
      status = idp.find("userName eq \"x\"").status();
    }

    assertThat(status).isEqualTo(429);
    await()
        .until(
            () ->
                gateway
                    .admin("GET", "/connections/" + idp.connection(), null)
                    .json()
                    .path("lastError")
                    .asText()
                    .equals("429 GET Users?filter"));
  }

  private CallActivity at(Instant now) {
    return new CallActivity(stored, Clock.fixed(now, ZoneOffset.UTC));
  }

  private Activity activity(CallActivity calls) {
    return calls.of(List.of(connection)).get(connection);
  }

  private static final class Fake implements ConnectionActivities {

    final Map<UUID, Activity> rows = new HashMap<>();
    int saves;
    boolean away;
    Runnable meanwhile = () -> {};

    @Override
    public void save(Map<UUID, Activity> latest) {
      if (away) {
        throw new StoreUnavailableException("away", null);
      }
      meanwhile.run();
      saves++;
      latest.forEach((id, it) -> rows.merge(id, it, Activity::and));
    }

    @Override
    public Map<UUID, Activity> of(Collection<UUID> connections) {
      return Map.copyOf(rows);
    }
  }
}
