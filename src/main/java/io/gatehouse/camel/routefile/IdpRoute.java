package io.gatehouse.camel.routefile;

import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/**
 * The route of an IdP as its file was understood. Camel is given this and not the file, so that
 * what was checked is what runs, and no text in it is taken for a URI or a placeholder.
 *
 * @param steps each adds itself to the route
 * @param quirks those that its steps name
 */
record IdpRoute(
    String id, String description, List<Consumer<RouteDefinition>> steps, List<String> quirks) {

  RouteBuilder builder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        RouteDefinition route = from("direct:" + id).routeId(id).routeDescription(description);
        // a failure belongs to the route that called, which answers it
        route.routeConfigurationId("strict");
        steps.forEach(step -> step.accept(route));
      }
    };
  }
}
