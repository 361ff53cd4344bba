package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.lifecycle.Brake.Position;
import io.gatehouse.lifecycle.Brakes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of the brake of a connection.
 *
 * @param state {@code free}, {@code tripped}, {@code allowed} or {@code rejected}
 * @param refused number of users whose deactivation the brake refused
 * @param parked number of users whose deactivation, by a webhook or a poll, is parked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrakeView(
    String state, @Nullable Instant trippedAt, @Nullable Instant until, long refused, int parked) {

  static BrakeView of(Brakes.Wave wave, int parked) {
    Position position = wave.position();
    return new BrakeView(
        state(position), position.trippedAt(), position.until(), wave.refused(), parked);
  }

  private static String state(Position position) {
    if (position.trippedAt() == null) {
      return "free";
    }
    return position.verdict() == null ? "tripped" : position.verdict().word();
  }
}
