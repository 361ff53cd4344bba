package io.gatehouse.camel;

import io.gatehouse.idp.Quirks;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.camel.model.RouteDefinition;

/**
 * What a route file of an IdP may do: name quirks, map bodies, log a fixed text. It is held against
 * this list before Camel sees it, because most of what Camel can do would make a file that a person
 * drops into a folder a program with all rights of the gateway.
 */
final class RouteRules {

  private static final int MAX_STEPS = 8;
  private static final Pattern IDP = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final Pattern QUIRKS = Pattern.compile("quirks:[a-z0-9-]+(,[a-z0-9-]+)*");

  private final String routeId;

  private RouteRules(String routeId) {
    this.routeId = routeId;
  }

  /**
   * Reads a file.
   *
   * @param idp what the file is named after
   * @throws RouteProblemException for the first thing that is wrong
   */
  static IdpRoute read(String idp, String text) {
    if (!IDP.matcher(idp).matches()) {
      throw new RouteProblemException(1, "The file must be named after its IdP, in a-z, 0-9, '-'.");
    }
    List<Yaml> routes = Yaml.parse(text).items();
    if (routes.isEmpty()) {
      throw new RouteProblemException(1, "The file has no route.");
    }
    RouteRules rules = new RouteRules(routeId(idp));
    IdpRoute route = rules.route(routes.get(0).members("route").get("route"));
    if (routes.size() > 1) {
      throw routes.get(1).problem("The file must have one route, '" + rules.routeId + "'.");
    }
    return route;
  }

  static String routeId(String idp) {
    return "idp-" + idp + "-scim";
  }

  private IdpRoute route(Yaml route) {
    Yaml.Members members = route.members("id", "description", "from");
    require(members.get("id"), "id", routeId);
    String description = fixed(members.get("description"));
    Yaml.Members from = members.get("from").members("uri", "steps");
    require(from.get("uri"), "uri", "direct:" + routeId);
    List<Yaml> steps = from.get("steps").items();
    if (steps.isEmpty() || steps.size() > MAX_STEPS) {
      throw from.get("steps").problem("A route has 1 to " + MAX_STEPS + " steps.");
    }
    return new IdpRoute(routeId, description, steps.stream().map(RouteRules::step).toList());
  }

  private static void require(Yaml value, String name, String wanted) {
    if (!value.text().equals(wanted)) {
      throw value.problem("The " + name + " must be '" + wanted + "', after the file's name.");
    }
  }

  private static Consumer<RouteDefinition> step(Yaml step) {
    Yaml.Members members = step.members("to", "log");
    if (members.byName().size() != 1) {
      throw step.problem("A step is one 'to' or one 'log'.");
    }
    return members.find("log").map(RouteRules::log).orElseGet(() -> to(members.get("to")));
  }

  private static Consumer<RouteDefinition> log(Yaml log) {
    String message = fixed(log.members("message").get("message"));
    return route -> route.log(message);
  }

  /** Camel fills placeholders, from the request, and from the environment with its passwords. */
  private static String fixed(Yaml text) {
    if (text.text().isBlank() || text.text().contains("$") || text.text().contains("{{")) {
      throw text.problem("A fixed text is expected here, without '$' and '{{'.");
    }
    return text.text();
  }

  private static Consumer<RouteDefinition> to(Yaml target) {
    Yaml.Members members = target.members("uri", "parameters");
    Yaml uri = members.get("uri");
    return members
        .find("parameters")
        .map(parameters -> mapping(uri, parameters))
        .orElseGet(() -> quirks(uri));
  }

  private static Consumer<RouteDefinition> quirks(Yaml uri) {
    if (!QUIRKS.matcher(uri.text()).matches()) {
      throw uri.problem(
          "'"
              + uri.text()
              + "' is not allowed; a step goes to quirks:one,another or, with a parameter 'jslt', to "
              + MappedBodies.uris()
              + ".");
    }
    try {
      Quirks.named(uri.text().substring(uri.text().indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      throw uri.problem(String.valueOf(e.getMessage()));
    }
    return route -> route.to(uri.text());
  }

  private static Consumer<RouteDefinition> mapping(Yaml uri, Yaml parameters) {
    MappedBodies bodies =
        MappedBodies.at(uri.text())
            .orElseThrow(() -> uri.problem("Parameters are for " + MappedBodies.uris() + " only."));
    Yaml jslt = parameters.members("jslt").get("jslt");
    try {
      Mapping mapping = Mapping.compile(jslt.text());
      return route -> route.process(new MapBody(bodies, mapping));
    } catch (RouteProblemException e) {
      throw e.below(jslt.linesBeforeText());
    }
  }
}
