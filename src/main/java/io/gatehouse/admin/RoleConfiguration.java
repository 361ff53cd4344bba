package io.gatehouse.admin;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the check of roles before the admin API and the portal, and ends answers that fail late. */
@Configuration(proxyBeanMethods = false)
class RoleConfiguration implements WebMvcConfigurer {

  @Bean
  CutOffAnswers cutOffAnswers() {
    return new CutOffAnswers();
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new RoleInterceptor()).addPathPatterns("/admin", "/admin/**");
  }
}
