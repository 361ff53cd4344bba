package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.gatehouse.Instance;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.slf4j.LoggerFactory;

/**
 * The routes of a stage as they are in the jar, with their ends swapped, without a gateway. {@code
 * EdgeRoutesTest} has the routes {@code edge-...}:
 *
 * <ul>
 *   <li>{@link #send} takes the place of what a route reads from.
 *   <li>A mock takes the place of each step {@code bean}, named after it, {@code
 *       mock:scimEdge.accept}; the beans that a test {@link #bind binds} stay. Camel reaches no
 *       step inside of {@code doCatch}: bind a stand-in for its bean.
 *   <li>A mock takes the place of the endpoints that a test names, {@code
 *       mock:command-queue:commands}.
 * </ul>
 *
 * At the end, each route must have been seen to succeed and to fail.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdvisedRoutes extends CamelTestSupport {

  private static final String FILES = "classpath:routes/*-*.camel.yaml";

  private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();
  private final Set<String> tests = new HashSet<>();

  /** The patterns of the endpoints that are swapped. Wake-ups are seen, and sent as well. */
  abstract String[] ends();

  /** Beans that the routes call as they are, and components of their ends. */
  void bind(Registry registry) {}

  /** Steps of beans that are bound, which are swapped nevertheless: {@code webhookEdge.accept}. */
  Set<String> alsoSwapped() {
    return Set.of();
  }

  /** The ids of the routes, as a pattern. */
  String routes() {
    String stage = getClass().getSimpleName().replace("RoutesTest", "");
    return stage.toLowerCase(Locale.ROOT) + "-*";
  }

  /** Whether a test sends to the route, instead of what it reads from. */
  boolean isSentTo(RouteDefinition route) {
    return true;
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    ((Logger) LoggerFactory.getLogger("org.apache.camel")).setLevel(Level.WARN);
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.getRegistry().bind("instance", new Instance("here"));
    context = camel;
    bind(camel.getRegistry());
    camel.setRouteFilterPattern(routes(), null);
    camel.addRoutePolicyFactory(this::witness);
    load(camel);
    for (RouteDefinition route : List.copyOf(camel.getRouteDefinitions())) {
      AdviceWith.adviceWith(camel, route.getRouteId(), false, advice -> swap(route, advice));
    }
    return camel;
  }

  private static void load(CamelContext camel) throws Exception {
    Collection<RoutesBuilder> files =
        PluginHelper.getRoutesLoader(camel)
            .findRoutesBuilders(
                PluginHelper.getPackageScanResourceResolver(camel).findResources(FILES));
    for (RoutesBuilder file : files) {
      camel.addRoutesConfigurations((RouteConfigurationsBuilder) file);
    }
    for (RoutesBuilder file : files) {
      camel.addRoutes(file);
    }
  }

  private void swap(RouteDefinition route, AdviceWithRouteBuilder advice) throws Exception {
    if (isSentTo(route)) {
      advice.replaceFromWith(entrance(route.getRouteId()));
    }
    advice.mockEndpointsAndSkip(ends());
    advice.mockEndpoints("seda:*");
    for (String bean : swapped(route)) {
      String step = "Bean[ref:" + bean.replace(".", " method:") + "]";
      advice.weaveByToString(step).replace().to("mock:" + bean);
    }
  }

  private Set<String> swapped(RouteDefinition route) {
    return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), BeanDefinition.class)
        .stream()
        .map(it -> it.getRef() + "." + it.getMethod())
        .filter(it -> !isBound(it) || alsoSwapped().contains(it))
        .collect(Collectors.toSet());
  }

  private boolean isBound(String step) {
    return context.getRegistry().lookupByName(step.substring(0, step.indexOf('.'))) != null;
  }

  private static String entrance(String route) {
    return "direct:from-" + route;
  }

  private RoutePolicy witness(CamelContext camel, String id, NamedNode route) {
    return new RoutePolicySupport() {
      @Override
      public void onExchangeDone(Route done, Exchange exchange) {
        boolean failure =
            exchange.getException() != null
                || exchange.getProperty(Exchange.EXCEPTION_CAUGHT) != null;
        (failure ? failed : succeeded).add(id);
      }
    };
  }

  /** Sends to a route as a timer or a queue does. What the route throws is in the exchange. */
  final Exchange send(String route, Object body) {
    return template.send(entrance(route), it -> it.getMessage().setBody(body));
  }

  /** Sends to a route as one does that waits for the answer. */
  final Exchange call(String route, Processor call) {
    return template.send(entrance(route), ExchangePattern.InOut, call);
  }

  final Exchange call(String route, Object body) {
    return call(route, it -> it.getMessage().setBody(body));
  }

  final MockEndpoint end(String name) {
    return getMockEndpoint("mock:" + name);
  }

  /** What has arrived at an end. */
  final List<Object> bodies(String end) {
    return end(end).getReceivedExchanges().stream().map(it -> it.getMessage().getBody()).toList();
  }

  final void returns(String end, Object body) {
    end(end).whenAnyExchangeReceived(it -> it.getMessage().setBody(body));
  }

  final void fails(String end, RuntimeException failure) {
    end(end)
        .whenAnyExchangeReceived(
            it -> {
              throw failure;
            });
  }

  @AfterEach
  void forget(TestInfo test) {
    MockEndpoint.resetMocks(context);
    test.getTestMethod().ifPresent(it -> tests.add(it.getName()));
  }

  @AfterAll
  void everyRouteHasBeenSeenToSucceedAndToFail() {
    boolean all =
        Arrays.stream(getClass().getDeclaredMethods())
            .filter(it -> !it.isAnnotationPresent(Disabled.class))
            .filter(
                it ->
                    it.isAnnotationPresent(Test.class)
                        || it.isAnnotationPresent(ParameterizedTest.class))
            .allMatch(it -> tests.contains(it.getName()));
    if (all) {
      List<String> routes =
          context.getRouteDefinitions().stream().map(RouteDefinition::getRouteId).toList();
      assertThat(routes).isNotEmpty();
      assertThat(succeeded).as("seen to succeed").containsAll(routes);
      assertThat(failed).as("seen to fail").containsAll(routes);
    }
  }
}
