package io.gatehouse.camel.routefile;

import io.gatehouse.security.SecurityEventTokens;
import io.gatehouse.webhook.ReadEvents;
import io.gatehouse.webhook.StepParameters;
import io.gatehouse.webhook.WebhookSteps;
import io.gatehouse.webhook.WebhookSteps.Kind;
import io.gatehouse.webhook.WebhookSteps.Phase;
import io.gatehouse.webhook.WrongParameterException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.camel.model.RouteDefinition;

/**
 * The permitted steps of a webhook route and their order: no event is read before a step has
 * verified the sender, and every call is answered.
 */
final class WebhookRules {

  private static final String SCHEME = "webhook:";

  private final Map<String, Kind> kinds;

  private WebhookRules(Map<String, Kind> kinds) {
    this.kinds = kinds;
  }

  /** The rules for the steps of the catalogue, and for two further steps that need more context. */
  static WebhookRules of(Clock clock) {
    Map<String, Kind> kinds = new TreeMap<>(WebhookSteps.all(clock));
    List<String> mapping = List.of(EventMapping.JSLT);
    kinds.put(
        "map", new Kind(Phase.EVENTS, false, mapping, it -> new ReadEvents(new EventMapping(it))));
    kinds.put(
        "token",
        new Kind(
            Phase.DECODE,
            true,
            SecurityEventTokens.PARAMETERS,
            it -> new SecurityEventTokens(it, clock)));
    return new WebhookRules(kinds);
  }

  /** The steps of a route, after their order has been checked. */
  List<YamlNode> order(YamlNode route) {
    List<YamlNode> steps = route.items();
    List<Kind> order = new ArrayList<>();
    Phase last = Phase.DOOR;
    for (YamlNode step : steps) {
      YamlNode target = step.members("to", "log").find("to").orElse(null);
      if (target != null) {
        Kind kind = kind(target.members("uri", "parameters").get("uri"));
        boolean twice = kind.phase() == last && kind.phase().once();
        if (kind.phase().compareTo(last) < 0 || twice) {
          throw step.problem("This step cannot come after the one before it; see the order.");
        }
        last = kind.phase();
        order.add(kind);
      }
    }
    requireWhole(route, order);
    return steps;
  }

  private void requireWhole(YamlNode route, List<Kind> order) {
    if (order.stream().noneMatch(Kind::proves)) {
      throw route.problem("No step of the route proves that a call comes from its sender.");
    }
    for (Phase phase : Phase.values()) {
      if (phase.once() && order.stream().noneMatch(it -> it.phase() == phase)) {
        throw route.problem("The route has no step that goes to " + names(phase) + ".");
      }
    }
  }

  private String names(Phase phase) {
    return kinds.entrySet().stream()
        .filter(it -> it.getValue().phase() == phase)
        .map(it -> SCHEME + it.getKey())
        .toList()
        .toString();
  }

  private Kind kind(YamlNode uri) {
    String name = uri.text().startsWith(SCHEME) ? uri.text().substring(SCHEME.length()) : "";
    Kind kind = kinds.get(name);
    if (kind == null) {
      throw uri.problem(
          "'" + uri.text() + "' is not allowed; a step goes to " + SCHEME + kinds.keySet() + ".");
    }
    return kind;
  }

  Consumer<RouteDefinition> step(YamlNode target) {
    YamlNode.Members members = target.members("uri", "parameters");
    Kind kind = kind(members.get("uri"));
    Map<String, YamlNode> given =
        members
            .find("parameters")
            .map(it -> it.members(kind.parameters().toArray(String[]::new)).byName())
            .orElse(Collections.emptyMap());
    Map<String, String> texts = new LinkedHashMap<>();
    given.forEach((name, value) -> texts.put(name, value.text()));
    try {
      WebhookStepProcessor step =
          new WebhookStepProcessor(kind.make().apply(new StepParameters(texts)));
      return route -> route.process(step);
    } catch (WrongParameterException e) {
      throw given.getOrDefault(e.name(), target).problem(String.valueOf(e.getMessage()));
    } catch (RouteProblemException e) {
      throw e.below(given.getOrDefault(EventMapping.JSLT, target).linesBeforeText());
    }
  }
}
