package io.gatehouse.server;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The server of health and metrics, with threads and connections of its own. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Conditional(ManagementServerConfiguration.InChild.class)
class ManagementServerConfiguration {

  private static final int THREADS = 10;

  /** Far more than probes and collectors of metrics need. */
  private static final int CONNECTIONS = 200;

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedManagement() {
    return factory -> {
      ServerConfiguration.bound(factory, ConnectionLimit.NONE);
      factory.addConnectorCustomizers(
          connector -> {
            connector.setProperty("maxThreads", String.valueOf(THREADS));
            ((BoundedHttpProtocol) connector.getProtocolHandler()).keepAtMost(CONNECTIONS);
          });
    };
  }

  /** Matches in the child context only; the component scan finds this class in the parent too. */
  static final class InChild implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return context.getBeanFactory() != null
          && context.getBeanFactory().getParentBeanFactory() != null;
    }
  }
}
