package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.lifecycle.Brake.Position;
import io.gatehouse.lifecycle.Brakes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the brake of a connection stands.
 *
 * @param state {@code free}, {@code tripped}, {@code allowed} or {@code rejected}
 * @param refused how many users of the wave were not allowed to leave
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BrakeView(String state, @Nullable Instant trippedAt, @Nullable Instant until, long refused) {

  static BrakeView of(Brakes.Wave wave) {
    Position position = wave.position();
    return new BrakeView(state(position), position.trippedAt(), position.until(), wave.refused());
  }

  private static String state(Position position) {
    if (position.trippedAt() == null) {
      return "free";
    }
    return position.verdict() == null ? "tripped" : position.verdict().word();
  }
}
