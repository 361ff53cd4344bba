package io.gatehouse.camel.routefile;

import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/**
 * The route of an IdP as parsed from its file. Camel gets this record and not the file, so that
 * exactly the checked content runs, and no text in it is read as a URI or a placeholder.
 *
 * @param steps each adds itself to the route
 * @param quirks the quirks that its steps name
 */
record IdpRoute(
    String id, String description, List<Consumer<RouteDefinition>> steps, List<String> quirks) {

  RouteBuilder builder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        RouteDefinition route = from("direct:" + id).routeId(id).routeDescription(description);
        // A failure is handled by the calling route, which answers it.
        route.routeConfigurationId("strict");
        steps.forEach(step -> step.accept(route));
      }
    };
  }
}
