package io.gatehouse.admin;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the check of roles before the admin API and the portal. */
@Configuration(proxyBeanMethods = false)
class RoleConfiguration implements WebMvcConfigurer {

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new RoleInterceptor()).addPathPatterns("/admin", "/admin/**");
  }
}
