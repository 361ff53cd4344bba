package io.gatehouse.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.Gateway;
import org.junit.jupiter.api.Test;
import org.springframework.security.web.FilterChainProxy;

/** What each SCIM call passes through, in this order. */
class ScimFiltersTest {

  @Test
  void holdNeitherAnAnonymousUserNorAWrapperOfTheServletApi() {
    assertThat(Gateway.shared().bean(FilterChainProxy.class).getFilters("/scim/v2/Users"))
        .extracting(it -> it.getClass().getSimpleName())
        .containsExactly(
            "DisableEncodeUrlFilter",
            "WebAsyncManagerIntegrationFilter",
            "SecurityContextHolderFilter",
            "HeaderWriterFilter",
            "CallRecorder",
            "ScimAuthentication",
            "SessionManagementFilter",
            "ExceptionTranslationFilter",
            "AuthorizationFilter",
            "ReadableRequestFilter",
            "RequestBodyFilter");
  }
}
