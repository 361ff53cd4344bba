package io.gatehouse.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of one step in a route file; errors are found when the file is loaded. */
public record StepParameters(Map<String, String> given) {

  /** The value of a required parameter. */
  public String text(String name) {
    return find(name).orElseThrow(() -> new WrongParameterException(name, "is missing here"));
  }

  public Optional<String> find(String name) {
    Optional<String> value = Optional.ofNullable(given.get(name));
    value
        .filter(it -> it.isBlank() || it.length() > 500)
        .ifPresent(
            it -> {
              throw new WrongParameterException(name, "must have 1 to 500 characters");
            });
    return value;
  }

  /** One of some words; the first one when the parameter is absent. */
  String oneOf(String name, String... words) {
    String value = find(name).orElse(words[0]);
    if (!List.of(words).contains(value)) {
      throw new WrongParameterException(name, "must be one of " + List.of(words));
    }
    return value;
  }

  /** A number from 1 to an hour in seconds, or to any other sensible limit below that. */
  int number(String name, int otherwise) {
    String value = find(name).orElse(String.valueOf(otherwise));
    if (!value.matches("[1-9][0-9]{0,3}") || Integer.parseInt(value) > 3600) {
      throw new WrongParameterException(name, "must be a number from 1 to 3600");
    }
    return Integer.parseInt(value);
  }

  /** A path into a JSON document: {@code data.events}. */
  Optional<List<String>> path(String name) {
    return find(name).map(it -> List.of(it.split("\\.")));
  }
}
