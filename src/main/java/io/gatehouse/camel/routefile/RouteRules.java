package io.gatehouse.camel.routefile;

import io.gatehouse.idp.Quirks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * The permitted content of an IdP's route file: quirks, steps of webhooks, mappings of bodies, and
 * log messages without placeholders. A file is checked against this list before Camel sees it,
 * because with arbitrary Camel steps a file in the folder would be a program with all rights of the
 * gateway.
 */
public final class RouteRules {

  private static final int MAX_STEPS = 8;
  private static final Pattern IDP = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final Pattern QUIRKS = Pattern.compile("quirks:[a-z0-9-]+(,[a-z0-9-]+)*");

  private final WebhookRules webhooks;

  RouteRules(WebhookRules webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * Reads a file.
   *
   * @param idp name of the file without its extension
   * @return the SCIM route, the webhook route, or both
   * @throws RouteProblemException for the first error
   */
  List<IdpRoute> read(String idp, String text) {
    if (!IDP.matcher(idp).matches()) {
      throw new RouteProblemException(1, "The file must be named after its IdP, in a-z, 0-9, '-'.");
    }
    List<IdpRoute> routes = new ArrayList<>();
    for (YamlNode item : YamlNode.parse(text).items()) {
      IdpRoute route = route(idp, item.members("route").get("route"));
      if (routes.stream().anyMatch(it -> it.id().equals(route.id()))) {
        throw item.problem("There is a route '" + route.id() + "' already.");
      }
      routes.add(route);
    }
    if (routes.isEmpty()) {
      throw new RouteProblemException(1, "The file has no route.");
    }
    return routes;
  }

  static String scimId(String idp) {
    return "idp-" + idp + "-scim";
  }

  public static String webhookId(String idp) {
    return "idp-" + idp + "-webhook";
  }

  private IdpRoute route(String idp, YamlNode route) {
    YamlNode.Members members = route.members("id", "description", "from");
    String id = id(idp, members.get("id"));
    String description = fixed(members.get("description"));
    YamlNode.Members from = members.get("from").members("uri", "steps");
    if (!from.get("uri").text().equals("direct:" + id)) {
      throw from.get("uri").problem("The uri must be 'direct:" + id + "', after the route's id.");
    }
    List<YamlNode> steps = from.get("steps").items();
    if (steps.isEmpty() || steps.size() > MAX_STEPS) {
      throw from.get("steps").problem("A route has 1 to " + MAX_STEPS + " steps.");
    }
    return new IdpRoute(
        id,
        description,
        id.equals(scimId(idp))
            ? steps.stream().map(it -> step(it, RouteRules::scim)).toList()
            : webhooks.order(from.get("steps")).stream()
                .map(it -> step(it, webhooks::step))
                .toList(),
        steps.stream().flatMap(RouteRules::named).toList());
  }

  /** The quirks that a step names. */
  private static Stream<String> named(YamlNode step) {
    return step
        .members("to", "log")
        .find("to")
        .map(it -> it.members("uri", "parameters").get("uri").text())
        .filter(it -> QUIRKS.matcher(it).matches())
        .map(it -> it.substring(it.indexOf(':') + 1).split(","))
        .stream()
        .flatMap(Arrays::stream);
  }

  private static String id(String idp, YamlNode id) {
    if (!List.of(scimId(idp), webhookId(idp)).contains(id.text())) {
      throw id.problem(
          "The id must be '%s' or '%s', after the file's name."
              .formatted(scimId(idp), webhookId(idp)));
    }
    return id.text();
  }

  private static Consumer<RouteDefinition> step(
      YamlNode step, Function<YamlNode, Consumer<RouteDefinition>> to) {
    YamlNode.Members members = step.members("to", "log");
    if (members.byName().size() != 1) {
      throw step.problem("A step is one 'to' or one 'log'.");
    }
    return members.find("log").map(RouteRules::log).orElseGet(() -> to.apply(members.get("to")));
  }

  private static Consumer<RouteDefinition> log(YamlNode log) {
    String message = fixed(log.members("message").get("message"));
    return route -> route.log(message);
  }

  /**
   * A text without placeholders: Camel fills them from the request, and from the environment, which
   * has passwords.
   */
  private static String fixed(YamlNode text) {
    if (text.text().isBlank() || text.text().contains("$") || text.text().contains("{{")) {
      throw text.problem("A fixed text is expected here, without '$' and '{{'.");
    }
    return text.text();
  }

  private static Consumer<RouteDefinition> scim(YamlNode target) {
    YamlNode.Members members = target.members("uri", "parameters");
    YamlNode uri = members.get("uri");
    return members
        .find("parameters")
        .map(parameters -> mapping(uri, parameters))
        .orElseGet(() -> quirks(uri));
  }

  private static Consumer<RouteDefinition> quirks(YamlNode uri) {
    if (!QUIRKS.matcher(uri.text()).matches()) {
      throw uri.problem(
          "'"
              + uri.text()
              + "' is not allowed; a step goes to quirks:one,another or, with a parameter 'jslt', to "
              + MappingTarget.uris()
              + ".");
    }
    try {
      Quirks.named(uri.text().substring(uri.text().indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      throw uri.problem(String.valueOf(e.getMessage()));
    }
    return route -> addQuirks(route, uri.text());
  }

  /**
   * Adds a step, or its quirks to the step before: each step of a route costs time in each call.
   */
  private static void addQuirks(RouteDefinition route, String uri) {
    List<ProcessorDefinition<?>> steps = route.getOutputs();
    if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof ToDefinition before) {
      before.setUri(before.getUri() + "," + uri.substring(uri.indexOf(':') + 1));
    } else {
      route.to(uri);
    }
  }

  private static Consumer<RouteDefinition> mapping(YamlNode uri, YamlNode parameters) {
    MappingTarget bodies =
        MappingTarget.at(uri.text())
            .orElseThrow(
                () -> uri.problem("Parameters are for " + MappingTarget.uris() + " only."));
    JsltMapping jsltMapping = JsltMapping.in(parameters.members("jslt").get("jslt"));
    return route -> route.process(new BodyMapping(bodies, jsltMapping));
  }
}
