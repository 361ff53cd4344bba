package io.gatehouse.portal;

import io.gatehouse.admin.api.TenantLookup;
import io.gatehouse.security.PortalSignIn;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.CachingResourceResolver;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** The files and interceptors of the portal. */
@Configuration(proxyBeanMethods = false)
class PortalConfiguration implements WebMvcConfigurer {

  /** As in the POM; a page of the test asks for it. */
  private static final String HTMX = "2.0.10";

  private final PortalSignIn portalSignIn;
  private final ObjectProvider<PortalModel> portalModel;
  private final ObjectProvider<TenantLookup> tenantLookup;
  private final Clock clock;

  PortalConfiguration(
      PortalSignIn portalSignIn,
      ObjectProvider<PortalModel> portalModel,
      ObjectProvider<TenantLookup> tenantLookup,
      Clock clock) {
    this.tenantLookup = tenantLookup;
    this.portalModel = portalModel;
    this.portalSignIn = portalSignIn;
    this.clock = clock;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(new PasswordInterceptor(portalSignIn, portalModel, clock))
        .addPathPatterns("/admin", "/admin/**")
        .excludePathPatterns("/admin/api/**");
    registry
        .addInterceptor(new TenantInterceptor(tenantLookup))
        .addPathPatterns("/admin/tenants/**");
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/admin/assets/**")
        .addResourceLocations(
            "classpath:/portal/",
            "classpath:/META-INF/resources/webjars/htmx.org/" + HTMX + "/dist/")
        .resourceChain(false)
        .addResolver(new AssetResolver())
        .addResolver(new CachingResourceResolver(new ConcurrentMapCache("assets")))
        .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
  }

  /** Gives the addresses of files in pages the hash of their content. */
  @Bean
  FilterRegistrationBean<ResourceUrlEncodingFilter> assetAddresses() {
    FilterRegistrationBean<ResourceUrlEncodingFilter> filter =
        new FilterRegistrationBean<>(new ResourceUrlEncodingFilter());
    filter.addUrlPatterns("/admin", "/admin/*");
    return filter;
  }
}
