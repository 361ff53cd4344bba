package io.gatehouse.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.directory.ResourceQuery;
import io.gatehouse.scim.ScimException;
import io.gatehouse.tenant.BearerToken;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Cursors of RFC 9865, and what they are refused for. */
class PageCursorTest {

  private static final Instant NOW = Instant.parse("2026-11-03T09:15:00Z");
  private static final String SEAL = new BearerToken("a token").cursorKey();
  private static final PageCursor CURSOR =
      new PageCursor(new ResourceQuery.Position("Ada", new UUID(0, 7)), 10, "all", NOW);

  @Test
  void opensWithTheCredentialThatItWasMadeFor() {
    String text = CURSOR.signed(SEAL);

    assertThat(text).matches("[A-Za-z0-9._~-]+");
    assertThat(opened(Map.of("cursor", text), SEAL, NOW)).isEqualTo(CURSOR);
    assertThat(opened(Map.of("cursor", text, "count", "10"), SEAL, NOW)).isEqualTo(CURSOR);
    assertThat(opened(Map.of("cursor", ""), SEAL, NOW)).as("the first page").isNull();
  }

  @Test
  void isRefusedToEverybodyElse() {
    refused(
        Map.of("cursor", CURSOR.signed(new BearerToken("another").cursorKey())),
        NOW,
        "invalidCursor");
    refused(Map.of("cursor", CURSOR.signed(SEAL).replace('.', 'x')), NOW, "invalidCursor");
    refused(Map.of("cursor", "x." + CURSOR.signed(SEAL)), NOW, "invalidCursor");
    refused(Map.of("cursor", "."), NOW, "invalidCursor");
  }

  @Test
  void expiresAndStaysWithItsQueryAndItsCount() {
    String text = CURSOR.signed(SEAL);

    refused(
        Map.of("cursor", text),
        NOW.plus(RequestLimits.CURSOR_TIMEOUT).plus(Duration.ofMillis(1)),
        "expiredCursor");
    refused(Map.of("cursor", text, "count", "11"), NOW, "invalidCount");
    refused(Map.of("cursor", text, "startIndex", "1"), NOW, "invalidValue");
    assertThatThrownBy(
            () -> new ListRequest(Map.of("cursor", text)).cursor(SEAL, "another query", NOW))
        .hasMessageContaining("does not belong to this query");
  }

  private static PageCursor opened(Map<String, String> parameters, String seal, Instant now) {
    return new ListRequest(new HashMap<>(parameters)).cursor(seal, "all", now);
  }

  private static void refused(Map<String, String> parameters, Instant now, String scimType) {
    assertThatThrownBy(() -> opened(parameters, SEAL, now))
        .isInstanceOfSatisfying(
            ScimException.class, it -> assertThat(it.refusal().scimType()).isEqualTo(scimType));
  }
}
