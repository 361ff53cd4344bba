package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.idp.RequestTrace.Step;
import io.gatehouse.scim.ScimError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SCIM routes of the route files. */
@FunctionalInterface
public interface RequestRoutes {

  /**
   * A request behind the route of its IdP.
   *
   * @param request as the route has made it; as far as it came when the route refused it
   * @param steps those that changed it, in their order
   * @param refusal why the route refused it; null when it did not
   */
  record Passage(ScimRequest request, List<Step> steps, @Nullable ScimError refusal) {}

  /** Sends a request through the route of its IdP, which changes nothing but the request. */
  Passage pass(ScimRequest request);
}
