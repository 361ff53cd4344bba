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
public record Salvage(List<PatchOperation> kept, List<String> leftOut, boolean deactivates) {

  private static final String ACTIVE = "active";

  /** Each step copies the document, so of more than these only the deactivation is looked at. */
  private static final int MAX_STEPS = 200;

  /**
   * Finds out.
   *
   * @param acceptable what else must hold for the document
   */
  public static Salvage of(
      Definition definition,
      ObjectNode before,
      List<PatchOperation> operations,
      Predicate<ObjectNode> acceptable) {
    Salvage salvage = new Salvage(new ArrayList<>(), new ArrayList<>(), false);
    List<PatchOperation> parts = operations.stream().flatMap(it -> it.parts().stream()).toList();
    ObjectNode document = before;
    for (PatchOperation part : parts) {
      if (parts.size() <= MAX_STEPS || part.deactivates()) {
        document = salvage.next(definition, document, part, acceptable);
      }
    }
    boolean leaves = document.has(ACTIVE) && !document.path(ACTIVE).asBoolean();
    return new Salvage(salvage.kept, salvage.leftOut, leaves);
  }

  private ObjectNode next(
      Definition definition,
      ObjectNode document,
      PatchOperation part,
      Predicate<ObjectNode> acceptable) {
    try {
      ObjectNode after = Patch.apply(definition, document, List.of(part));
      if (acceptable.test(after)) {
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
