package io.gatehouse.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Makes the context of the gateway, which is Spring Boot's but for {@link GenericTypeLookup}. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class GatewayContextFactory implements ApplicationContextFactory {

  @Override
  public @Nullable ConfigurableApplicationContext create(@Nullable WebApplicationType type) {
    return type == WebApplicationType.SERVLET
        ? new AnnotationConfigServletWebServerApplicationContext(new GenericTypeLookup())
        : null;
  }
}
