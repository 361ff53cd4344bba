package io.gatehouse.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts PostgreSQL can store. */
class StorableTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Ada", "Müller", "\uffff", "\ud83d\ude00", "a\ud83d\ude00\ud83d\ude00b"})
  void isWhatUtf8CanWrite(String text) {
    assertThat(Json.isText(text)).isTrue();
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d", "\ud83d\ud83d\ude00", "a\ude00"})
  void isNoHalfOfASurrogatePair(String text) {
    assertThat(Json.isText(text)).isFalse();
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "Ada\0", "\0\ud83d\ude00"})
  void isNotNul(String text) {
    assertThat(Json.isText(text)).isFalse();
  }
}
