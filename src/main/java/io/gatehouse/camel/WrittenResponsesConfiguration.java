package io.gatehouse.camel;

import io.gatehouse.command.WrittenResponses;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the record of answers that were written to clients. */
@Configuration(proxyBeanMethods = false)
class WrittenResponsesConfiguration {

  @Bean
  WrittenResponses writtenResponses() {
    return new WrittenResponses();
  }

  @Bean
  FilterRegistrationBean<WrittenResponsesFilter> heardAnswers(
      WrittenResponses writtenResponses,
      @Qualifier("scimServlet") ServletRegistrationBean<CamelHttpTransportServlet> scim) {
    return new FilterRegistrationBean<>(new WrittenResponsesFilter(writtenResponses), scim);
  }
}
