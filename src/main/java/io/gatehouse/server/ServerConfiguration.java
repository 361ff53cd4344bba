package io.gatehouse.server;

import io.gatehouse.GatehouseProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** Sets the limits of the HTTP server that Spring Boot has no settings for. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

  /** The longest wait of one read of a body for the client. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  @Bean
  MemoryBudget memoryBudget() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory());
  }

  @Bean
  MeterBinder memoryGauge(MemoryBudget budget) {
    return registry ->
        Gauge.builder("gatehouse.edge.memory", budget, MemoryBudget::reserved)
            .description("heap that is reserved for the bodies of requests")
            .baseUnit("bytes")
            .register(registry);
  }

  /** Before the filters that authenticate, so that what they answer is counted. */
  @Bean
  FilterRegistrationBean<RequestTimer> requestTimer(MeterRegistry registry) {
    var registration = new FilterRegistrationBean<>(new RequestTimer(registry));
    registration.addUrlPatterns("/scim/*");
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /** Takes the place of Spring Boot's filter, which this type says, in its order. */
  @Bean
  FilterRegistrationBean<ServerHttpObservationFilter> requestObservation(
      ObservationRegistry registry) {
    FilterRegistrationBean<ServerHttpObservationFilter> registration =
        new FilterRegistrationBean<>(new RequestObservation(registry));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
    return registration;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedServer(
      GatehouseProperties settings) {
    ConnectionLimit limit =
        new ConnectionLimit(settings.maxConnectionsPerAddress(), InetAddress::isLoopbackAddress);
    return factory -> bound(factory, limit);
  }

  static void bound(TomcatServletWebServerFactory factory, ConnectionLimit limit) {
    factory.setProtocol(BoundedHttpProtocol.class.getName());
    factory.addEngineValves(new UnreadBodyValve());
    factory.addConnectorCustomizers(connector -> bound(connector, limit));
  }

  private static void bound(Connector connector, ConnectionLimit limit) {
    connector.setParseBodyMethods(
        ""); // no form parsing: only authorised requests have their body read
    ((BoundedHttpProtocol) connector.getProtocolHandler()).limit(limit);
    if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
      http.setDisableUploadTimeout(false);
      http.setConnectionUploadTimeout((int) SILENCE.toMillis());
      http.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
    }
  }
}
