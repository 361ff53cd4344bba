package io.gatehouse.camel.routefile;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.command.RestoreCriteria;
import io.gatehouse.idp.Quirks;
import io.gatehouse.tenant.IdpProfiles;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Loads the route file of each IdP separately, so that a broken file affects only its IdP. It loads
 * them after Camel has started, because before that Camel starts all routes or none.
 */
@Component
final class IdpRoutes implements IdpProfiles, CamelContextConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(IdpRoutes.class);

  private final RouteFiles files;
  private final RouteRules rules;
  private final Map<String, RestoreCriteria> recognitions = new ConcurrentHashMap<>();
  private final Set<String> webhooks = ConcurrentHashMap.newKeySet();
  private volatile List<RouteFileStatus> sources = List.of();

  IdpRoutes(GatehouseProperties settings, Clock clock) {
    this.files = new RouteFiles(settings.routes());
    this.rules = new RouteRules(WebhookRules.of(clock));
  }

  @Override
  public void beforeApplicationStart(CamelContext camel) {}

  @Override
  public void afterApplicationStart(CamelContext camel) {
    sources = files.all().stream().map(it -> load(camel, it)).toList();
  }

  private RouteFileStatus load(CamelContext camel, RouteFile file) {
    try {
      for (IdpRoute route : rules.read(file.idp(), file.text())) {
        camel.addRoutes(route.builder());
        if (route.id().equals(RouteRules.scimId(file.idp()))) {
          recognitions.put(file.idp(), Quirks.recognition(route.quirks()));
        } else {
          webhooks.add(file.idp());
        }
      }
      return new RouteFileStatus(file.location(), file.idp(), true, null);
    } catch (RouteProblemException e) {
      return broken(file, e.sentence());
    } catch (Exception e) {
      forget(camel, RouteRules.scimId(file.idp()));
      forget(camel, RouteRules.webhookId(file.idp()));
      return broken(file, String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }
  }

  private static RouteFileStatus broken(RouteFile file, String problem) {
    LOG.error(
        "{} is not loaded, {} Connections of '{}' are answered 503 until it is corrected.",
        file.location(),
        problem,
        file.idp());
    return new RouteFileStatus(file.location(), file.idp(), false, problem);
  }

  /**
   * Removes a route that could not be started, which Camel would try again with every start of the
   * context.
   */
  private static void forget(CamelContext camel, String id) {
    ModelCamelContext model = (ModelCamelContext) camel;
    RouteDefinition half = model.getRouteDefinition(id);
    try {
      if (half != null) {
        camel.getRouteController().stopRoute(id);
        model.removeRouteDefinition(half);
      }
    } catch (Exception e) {
      LOG.warn("The route {} could not be removed", id, e);
    }
  }

  @Override
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    sources.stream().filter(RouteFileStatus::loaded).map(RouteFileStatus::idp).forEach(names::add);
    return names;
  }

  @Override
  public Set<String> withWebhooks() {
    Set<String> names = names();
    names.retainAll(webhooks);
    return names;
  }

  @Override
  public RestoreCriteria recognition(String idp) {
    return recognitions.getOrDefault(idp, RestoreCriteria.STANDARD);
  }

  @Override
  public List<RouteFileStatus> sources() {
    return sources;
  }
}
