package io.gatehouse.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.command.Caller;
import io.gatehouse.scim.Json;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.support.SettableClock;
import io.gatehouse.tenant.BatchLoader;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections.Holder;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who holds a token is asked seldom, and remembered for long only while nobody can tell. */
class CredentialCacheTest {

  private final SettableClock clock = new SettableClock();
  private final BearerToken token = BearerToken.generate();
  private final Map<BearerToken, Holder> stored = new HashMap<>(Map.of(token, holder()));
  private boolean away;
  private int loads;

  private final CredentialCache unit =
      new CredentialCache(
          new BatchLoader<>("test", this::load),
          new EntraTokens(
              new BatchLoader<>("test", logins -> Map.of()),
              URI.create("https://login.example"),
              clock,
              url -> {
                throw new AssertionError("asked Entra");
              }),
          clock);

  @Test
  void asksOnceInHalfAMinute() {
    unit.holder(token);
    clock.tick(Duration.ofSeconds(29));

    assertThat(unit.holder(token)).isPresent();
    assertThat(loads).isEqualTo(1);
  }

  @Test
  void forgetsARevokedTokenWhenTheClockIsSetBack() {
    unit.holder(token);
    stored.clear();
    clock.tick(Duration.ofHours(-2));

    assertThat(unit.holder(token)).isEmpty();
  }

  @Test
  void forgetsARevokedTokenAfterHalfAMinute() {
    unit.holder(token);
    stored.clear();
    clock.tick(Duration.ofSeconds(31));

    assertThat(unit.holder(token)).isEmpty();
    away = true;
    assertThatThrownBy(() -> unit.holder(token)).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void forgetsAllWhenAConnectionChanges() {
    unit.holder(token);
    stored.clear();

    unit.clear();

    assertThat(unit.holder(token)).isEmpty();
  }

  @Test
  void remembersForAnHourWhileNobodyCanTell() {
    unit.holder(token);
    away = true;

    clock.tick(Duration.ofMinutes(59));
    assertThat(unit.holder(token)).isPresent();
    clock.tick(Duration.ofMinutes(2));
    assertThatThrownBy(() -> unit.holder(token)).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void asksForAnUnknownTokenEachTime() {
    BearerToken unknown = BearerToken.generate();

    assertThat(unit.holder(unknown)).isEmpty();
    assertThat(unit.holder(unknown)).isEmpty();
    assertThat(loads).isEqualTo(2);
  }

  @Test
  void forgetsFewWhenThereAreTooMany() {
    for (int i = 0; i < 10_500; i++) {
      BearerToken another = BearerToken.generate();
      stored.put(another, holder());
      unit.holder(another);
    }
    loads = 0;

    stored.keySet().forEach(unit::holder);

    assertThat(loads).as("asked again, of 10,501").isBetween(1, 2_000);
  }

  private Map<BearerToken, Holder> load(Set<BearerToken> tokens) {
    if (away) {
      throw new StoreUnavailableException("away", null);
    }
    loads++;
    Map<BearerToken, Holder> found = new HashMap<>();
    tokens.stream()
        .filter(stored::containsKey)
        .forEach(it -> found.put(it, stored.getOrDefault(it, holder())));
    return found;
  }

  private static Holder holder() {
    return new Holder(
        new Caller(UUID.randomUUID(), "acme", UUID.randomUUID(), "okta"), Json.object());
  }
}
