package io.gatehouse.security;

import java.util.Set;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Wires the answers to requests that reach no security filter chain. */
@Configuration(proxyBeanMethods = false)
class RejectedRequestsConfiguration {

  /** The methods that Spring Security's firewall allows. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /**
   * Allows header values of any bytes that the container accepts (RFC 9110 section 5.5): proxies
   * send names in UTF-8, and the default would refuse some of them.
   */
  @Bean
  HttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHeaderValues(value -> true);
    return firewall;
  }

  /** Writes an error body for rejected methods and URLs, such as encoded slashes. */
  @Bean
  RequestRejectedHandler rejections() {
    return (request, response, e) -> {
      String uri = request.getRequestURI();
      if (METHODS.contains(request.getMethod())) {
        ErrorResponses.error(
            response,
            uri,
            HttpStatus.BAD_REQUEST,
            "The request has characters that are not allowed.");
      } else if (ErrorResponses.isScim(uri)) {
        ErrorResponses.write(response, ErrorResponses.toMethod(request.getMethod(), uri));
      } else {
        ErrorResponses.error(response, uri, HttpStatus.NOT_IMPLEMENTED, "There is no such method.");
      }
    };
  }

  /** Runs before all other filters, because Spring's own filters fail at such a path. */
  @Bean
  FilterRegistrationBean<EncodedPathFilter> plainPaths() {
    FilterRegistrationBean<EncodedPathFilter> registration =
        new FilterRegistrationBean<>(new EncodedPathFilter());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /** Replaces Tomcat's own error page, which is HTML. */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> containerReports() {
    return factory ->
        factory.addContextCustomizers(
            context -> {
              StandardHost host = (StandardHost) context.getParent();
              host.setErrorReportValveClass(ContainerReports.class.getName());
              host.getPipeline().addValve(new ContainerReports());
            });
  }
}
