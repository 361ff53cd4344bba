package io.gatehouse.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a tombstone says about a name to whoever has the key, and to whoever has not. */
class PseudonymTest {

  private static final UUID ACME = new UUID(0, 1);
  private static final UUID GLOBEX = new UUID(0, 2);

  private final Pseudonym pseudonym = new Pseudonym("a key of this gateway");

  @Test
  void isTheSameForTheSameNameUnderTheSameKey() {
    assertThat(new Pseudonym("a key of this gateway").of(ACME, "ada@example.com"))
        .isEqualTo(pseudonym.of(ACME, "ada@example.com"))
        .hasSize(64);
  }

  @Test
  void isAnotherUnderAnotherKey() {
    assertThat(new Pseudonym("a key of another").of(ACME, "ada@example.com"))
        .isNotEqualTo(pseudonym.of(ACME, "ada@example.com"));
  }

  @Test
  void isAnotherInAnotherTenantAndForAnotherName() {
    assertThat(pseudonym.of(ACME, "ada@example.com"))
        .isNotEqualTo(pseudonym.of(GLOBEX, "ada@example.com"))
        .isNotEqualTo(pseudonym.of(ACME, "ada@example.org"));
  }

  @Test
  void doesNotContainTheName() {
    assertThat(pseudonym.of(ACME, "ada@example.com")).matches("[0-9a-f]{64}");
  }
}
