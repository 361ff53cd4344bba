package io.gatehouse.directory;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers retries of callers that did not receive the first answer. SCIM has no idempotency key, so
 * a byte-identical request that would be refused gets the first answer, if the caller cannot have
 * received that one.
 */
final class RepeatedRequests {

  /** The statuses that the first attempt itself may have caused: conflict, gone, changed since. */
  private static final Set<Integer> OF_OWN_MAKING = Set.of(409, 404, 412);

  private final OutcomeStore outcomeStore;

  RepeatedRequests(OutcomeStore outcomeStore) {
    this.outcomeStore = outcomeStore;
  }

  List<FoldResult> answer(List<FoldResult> steps) {
    Set<String> refused =
        steps.stream()
            .filter(result -> OF_OWN_MAKING.contains(result.outcome().status()))
            .map(RepeatedRequests::fingerprint)
            .collect(Collectors.toSet());
    Map<String, Outcome> unheard = refused.isEmpty() ? Map.of() : outcomeStore.unheard(refused);
    if (unheard.isEmpty()) {
      return steps;
    }
    Map<CommandId, Outcome> replaced = new HashMap<>();
    List<FoldResult> answered =
        steps.stream().map(result -> answer(result, unheard, replaced)).toList();
    outcomeStore.record(replaced);
    return answered;
  }

  private static FoldResult answer(
      FoldResult result, Map<String, Outcome> unheard, Map<CommandId, Outcome> replaced) {
    Outcome first = unheard.get(fingerprint(result));
    if (first == null || !OF_OWN_MAKING.contains(result.outcome().status())) {
      return result;
    }
    replaced.put(result.envelope().id(), first);
    return new FoldResult(result.envelope(), first, result.change());
  }

  private static String fingerprint(FoldResult result) {
    return result.envelope().trace().fingerprint();
  }
}
