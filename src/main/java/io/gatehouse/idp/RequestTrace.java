package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;
import java.util.ArrayList;
import java.util.List;

/** Records what each step of a route does to one request, for an explanation. */
public final class RequestTrace {

  private final List<Step> steps = new ArrayList<>();

  /** A step that made another request of a request. */
  public record Step(String name, ScimRequest before, ScimRequest after) {}

  /** Applies quirks one by one, and records those that had an effect. */
  public ScimRequest through(List<Quirks.Named> quirks, ScimRequest request) {
    ScimRequest current = request;
    for (Quirks.Named named : quirks) {
      ScimRequest fixed = named.quirk().fix(current);
      add(named.name(), current, fixed);
      current = fixed;
    }
    return current;
  }

  /** Records a step, unless it has changed nothing. */
  public void add(String name, ScimRequest before, ScimRequest after) {
    if (!before.equals(after)) {
      steps.add(new Step(name, before, after));
    }
  }

  /** The steps so far, in their order. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }
}
