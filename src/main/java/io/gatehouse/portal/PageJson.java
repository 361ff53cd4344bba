package io.gatehouse.portal;

import io.gatehouse.scim.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** JSON values as pages show them. */
@Component("json")
final class PageJson {

  /** The JSON text of a value, on several lines; "nothing" for an absent one. */
  public String pretty(@Nullable Object value) {
    return value == null ? "nothing" : Json.MAPPER.valueToTree(value).toPrettyString();
  }
}
