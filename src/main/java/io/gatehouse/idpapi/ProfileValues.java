package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.DateTimes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads values of a user's profile at an IdP; a blank value counts as absent. */
record ProfileValues(JsonNode json) {

  @Nullable String text(String member) {
    return text(json.path(member));
  }

  @Nullable String text(int index) {
    return text(json.path(index));
  }

  private static @Nullable String text(JsonNode value) {
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? value.asText()
        : null;
  }

  String required(String member) {
    String text = text(member);
    return text == null ? "" : text;
  }

  @Nullable Instant time(String member) {
    String text = text(member);
    return text == null ? null : DateTimes.instant(text);
  }
}
