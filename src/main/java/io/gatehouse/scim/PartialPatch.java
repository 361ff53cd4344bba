package io.gatehouse.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What of a PATCH can be applied when not all of it can (quirk ENTRA-53): operation by operation,
 * each over what the ones before it left.
 *
 * @param kept the operations that can
 * @param leftOut the paths of the others
 * @param deactivates whether the user is not active after those that can
 */
public record PartialPatch(List<PatchOperation> kept, List<String> leftOut, boolean deactivates) {

  private static final String ACTIVE = "active";

  /** Each step copies the document, so of more than these only the deactivation is looked at. */
  private static final int MAX_STEPS = 200;

  /**
   * Finds out.
   *
   * @param acceptable what else must hold for the document
   */
  public static PartialPatch of(
      ResourceDefinition definition,
      ObjectNode before,
      List<PatchOperation> operations,
      Predicate<ObjectNode> acceptable) {
    PartialPatch partialPatch = new PartialPatch(new ArrayList<>(), new ArrayList<>(), false);
    List<PatchOperation> parts = operations.stream().flatMap(it -> it.parts().stream()).toList();
    ObjectNode document = before;
    Trial trial = new Trial(definition, acceptable, new WorkBudget());
    Trial leaving = new Trial(definition, acceptable, new WorkBudget());
    for (PatchOperation part : parts) {
      if (parts.size() <= MAX_STEPS || part.deactivates()) {
        document = partialPatch.next(part.deactivates() ? leaving : trial, document, part);
      } else {
        partialPatch.leftOut.add(place(part));
      }
    }
    boolean leaves = document.has(ACTIVE) && !document.path(ACTIVE).asBoolean();
    return new PartialPatch(partialPatch.kept, partialPatch.leftOut, leaves);
  }

  /** What an operation is tried with. Whoever leaves does so however much work the others were. */
  private record Trial(
      ResourceDefinition definition, Predicate<ObjectNode> acceptable, WorkBudget effort) {}

  private ObjectNode next(Trial trial, ObjectNode document, PatchOperation part) {
    try {
      trial.effort.spend(WorkBudget.of(document));
      ObjectNode after = Patch.apply(trial.definition, document, List.of(part), trial.effort);
      if (trial.acceptable.test(after)) {
        kept.add(part);
        return after;
      }
    } catch (ScimException e) {
      // left out like what is not acceptable
    }
    leftOut.add(place(part));
    return document;
  }

  private static String place(PatchOperation part) {
    if (part.path() != null) {
      return part.path();
    }
    Iterator<String> names = part.value().fieldNames();
    return names.hasNext() ? names.next() : "";
  }
}
