package io.gatehouse.camel;

import io.gatehouse.command.Hearing;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which answers to writes have gone out. */
@Configuration(proxyBeanMethods = false)
class HearingConfiguration {

  @Bean
  Hearing hearing() {
    return new Hearing();
  }

  @Bean
  FilterRegistrationBean<HeardAnswers> heardAnswers(
      Hearing hearing,
      @Qualifier("scimServlet") ServletRegistrationBean<CamelHttpTransportServlet> scim) {
    return new FilterRegistrationBean<>(new HeardAnswers(hearing), scim);
  }
}
