package io.gatehouse.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.resource.AbstractResourceResolver;
import org.springframework.web.servlet.resource.HttpResource;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Says how long a file may be kept: for ever at an address with the hash of its content, and not
 * without a question at any other. Where gateways of two releases run side by side, one is asked
 * for a hash of the other; it answers with the file that it has.
 */
final class AssetResolver extends AbstractResourceResolver {

  private static final String FOR_EVER =
      String.valueOf(
          CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable().getHeaderValue());

  private static final String HASH = "-[0-9a-f]{32}(?=\\.[a-z]+$)";

  @Override
  protected @Nullable Resource resolveResourceInternal(
      @Nullable HttpServletRequest request,
      String path,
      List<? extends Resource> locations,
      ResourceResolverChain chain) {
    Resource found = chain.resolveResource(request, path, locations);
    boolean hashed = found instanceof HttpResource;
    if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes call
        && request != null) {
      keep(call.getResponse(), hashed ? FOR_EVER : "no-cache");
    }
    return found != null
        ? found
        : chain.resolveResource(request, path.replaceFirst(HASH, ""), locations);
  }

  private static void keep(@Nullable HttpServletResponse response, String how) {
    if (response != null) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, how);
    }
  }

  @Override
  protected @Nullable String resolveUrlPathInternal(
      String path, List<? extends Resource> locations, ResourceResolverChain chain) {
    return chain.resolveUrlPath(path, locations);
  }
}
