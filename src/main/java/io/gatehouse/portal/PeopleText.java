package io.gatehouse.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Values and states of users as pages show them; {@code @people} in templates. */
@Component("people")
final class PeopleText {

  private final Clock clock;

  PeopleText(Clock clock) {
    this.clock = clock;
  }

  /** The class of the badge of a state. */
  public String badge(@Nullable String state) {
    return switch (String.valueOf(state)) {
      case "active" -> "good";
      case "deactivated" -> "warn";
      case "erased" -> "bad";
      default -> "";
    };
  }

  /** For example {@code 12 days}; empty for null. */
  public String left(@Nullable Instant deadline) {
    if (deadline == null) {
      return "";
    }
    Duration left = Duration.between(clock.instant(), deadline);
    if (left.isNegative()) {
      return "due";
    }
    long days = left.toDays();
    return days == 0 ? "less than a day" : days + (days == 1 ? " day" : " days");
  }

  /** An attribute value: what it says, on one line for each value of several. */
  public String value(@Nullable Object value) {
    if (value instanceof List<?> values) {
      return values.stream().map(this::element).collect(Collectors.joining("\n"));
    }
    return value == null ? "" : element(value);
  }

  private String element(Object value) {
    if (!(value instanceof Map<?, ?> complex)) {
      return String.valueOf(value);
    }
    if (complex.get("value") == null) {
      return complex.entrySet().stream()
          .map(it -> it.getKey() + ": " + it.getValue())
          .collect(Collectors.joining(", "));
    }
    String kind =
        Stream.of(
                complex.get("display"),
                complex.get("type"),
                Boolean.TRUE.equals(complex.get("primary")) ? "primary" : null)
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return complex.get("value") + (kind.isEmpty() ? "" : " (" + kind + ")");
  }

  /** The name of a member, or the id of one that has none any more. */
  public String name(@Nullable Map<UUID, String> names, Object id) {
    return ResourceId.of(String.valueOf(id))
        .map(it -> names == null ? null : names.get(it))
        .orElse(String.valueOf(id));
  }

  /** A document as JSON that people read. */
  public String json(@Nullable Object document) {
    try {
      return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
