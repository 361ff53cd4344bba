package io.gatehouse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client says about the form of its answer. */
class ResponsePreferencesTest {

  @Test
  void seesWhoAcceptsPlainJsonAndNothingElse() {
    assertThat(onlyJson("application/json")).isTrue();
    assertThat(onlyJson("Application/JSON; charset=utf-8")).isTrue();
    assertThat(onlyJson("application/json", "application/json;q=0.5")).isTrue();
    assertThat(onlyJson("application/json, application/scim+json")).isFalse();
    assertThat(onlyJson("application/json", "*/*")).isFalse();
    assertThat(onlyJson("application/*")).isFalse();
    assertThat(onlyJson("")).isFalse();
    assertThat(onlyJson()).isFalse();
  }

  @Test
  void isScimJsonUntilAQuirkAsksForPlainJson() {
    ResponsePreferences asked = ResponsePreferences.asked(null, List.of("application/json"));

    assertThat(asked.mediaType()).isEqualTo("application/scim+json");
    assertThat(asked.plain().mediaType()).isEqualTo("application/json");
    assertThat(ResponsePreferences.USUAL.plain()).isEqualTo(ResponsePreferences.USUAL);
  }

  @Test
  void readsThePreferenceForNoBody() {
    assertThat(ResponsePreferences.asked("Return=Minimal", List.of()).minimal()).isTrue();
    assertThat(ResponsePreferences.asked("respond-async", List.of()).minimal()).isFalse();
    assertThat(ResponsePreferences.USUAL.briefly().minimal()).isTrue();
  }

  private static boolean onlyJson(String... accept) {
    return ResponsePreferences.asked(null, List.of(accept)).onlyJson();
  }
}
