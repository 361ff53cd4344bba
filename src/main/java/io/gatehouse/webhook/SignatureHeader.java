package io.gatehouse.webhook;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format of a signature header: one or more signatures separated by spaces, each after a prefix
 * ({@code v1,abc v1,def}), or a list with the time ({@code t=12,s=abc}).
 *
 * @param fields the names of the time and of the signature in such a list; empty when it is none
 */
record SignatureHeader(String name, String prefix, List<String> fields) {

  static SignatureHeader of(StepParameters parameters) {
    List<String> fields =
        parameters.find("fields").map(it -> List.of(it.split(","))).orElse(List.of());
    if (!fields.isEmpty() && fields.size() != 2) {
      throw new WrongParameterException("fields", "must be two names, as in 't,s'");
    }
    return new SignatureHeader(
        parameters.text("header"), parameters.find("prefix").orElse(""), fields);
  }

  /**
   * The content of the header.
   *
   * @param time null when the header has none
   */
  record Read(@Nullable String time, List<String> signatures) {}

  boolean hasTime() {
    return !fields.isEmpty();
  }

  Read read(WebhookCall call) {
    String value = call.header(name).orElse("");
    return hasTime()
        ? new Read(
            listed(value, fields.get(0)).stream().findFirst().orElse(null),
            listed(value, fields.get(1)))
        : new Read(null, after(prefix, value.strip().split("\\s+")));
  }

  private static List<String> listed(String value, String field) {
    return after(field + "=", value.strip().split("\\s*,\\s*"));
  }

  private static List<String> after(String prefix, String... pieces) {
    return Arrays.stream(pieces)
        .filter(it -> it.startsWith(prefix))
        .map(it -> it.substring(prefix.length()))
        .toList();
  }
}
