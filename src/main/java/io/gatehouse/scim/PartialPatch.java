package io.gatehouse.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The applicable part of a PATCH that cannot be applied as a whole (quirk ENTRA-53). Operations are
 * tried one by one, each on the result of those before it.
 *
 * @param kept the applicable operations
 * @param leftOut the paths of the others
 * @param deactivates whether the user is inactive after the applicable operations
 */
public record PartialPatch(List<PatchOperation> kept, List<String> leftOut, boolean deactivates) {

  private static final String ACTIVE = "active";

  /**
   * The largest number of operations that are tried, because each copies the document; above it,
   * only a deactivation is tried.
   */
  private static final int MAX_STEPS = 200;

  /**
   * Tries the operations.
   *
   * @param acceptable a further condition on the document
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

  /** The context of a try. A deactivation has a work budget of its own. */
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
      // left out like an operation with an unacceptable result
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
