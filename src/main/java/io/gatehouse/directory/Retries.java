package io.gatehouse.directory;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers a caller who asks again because it never heard the first answer. Without an idempotency
 * key in SCIM, a byte-identical request that would be refused gets the answer of the first, if
 * nobody can have heard that one.
 */
final class Retries {

  /** Refused because of what the first attempt itself did: conflict, gone, changed since. */
  private static final Set<Integer> OF_OWN_MAKING = Set.of(409, 404, 412);

  private final Outcomes outcomes;

  Retries(Outcomes outcomes) {
    this.outcomes = outcomes;
  }

  List<Step> answer(List<Step> steps) {
    Set<String> refused =
        steps.stream()
            .filter(step -> OF_OWN_MAKING.contains(step.outcome().status()))
            .map(Retries::fingerprint)
            .collect(Collectors.toSet());
    Map<String, Outcome> unheard = refused.isEmpty() ? Map.of() : outcomes.unheard(refused);
    if (unheard.isEmpty()) {
      return steps;
    }
    Map<CommandId, Outcome> replaced = new HashMap<>();
    List<Step> answered = steps.stream().map(step -> answer(step, unheard, replaced)).toList();
    outcomes.record(replaced);
    return answered;
  }

  private static Step answer(
      Step step, Map<String, Outcome> unheard, Map<CommandId, Outcome> replaced) {
    Outcome first = unheard.get(fingerprint(step));
    if (first == null || !OF_OWN_MAKING.contains(step.outcome().status())) {
      return step;
    }
    replaced.put(step.envelope().id(), first);
    return new Step(step.envelope(), first, step.change());
  }

  private static String fingerprint(Step step) {
    return step.envelope().trace().fingerprint();
  }
}
