package io.gatehouse.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import io.gatehouse.http.BoundedHostNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys that an issuer of tokens publishes, such as one tenant of Entra ID: fetched on
 * first use, again after an hour and for an unknown key, at most twice in half a minute. While the
 * issuer is unavailable, the last fetched keys are valid for a day.
 */
final class PublishedKeys implements JWKSource<SecurityContext> {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
  private static final BoundedHostNames NAMES = new BoundedHostNames(InetAddress::getAllByName);
  private static final int TIMEOUT = 3_000;
  private static final int MAX_BYTES = 256 * 1024;
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration IN_AN_OUTAGE = Duration.ofDays(1);

  /** How long a request waits for another one's fetch; slightly longer than a fetch may take. */
  private static final Duration TURN = Duration.ofSeconds(8);

  private final Fetch fetch;
  private final JWKSource<SecurityContext> source;

  PublishedKeys(URL url) {
    this(url, PublishedKeys::document);
  }

  PublishedKeys(URL url, ResourceRetriever retriever) {
    this.fetch = new Fetch(url, retriever);
    this.source =
        JWKSourceBuilder.create(fetch)
            .cache(FRESH.toMillis(), TURN.toMillis())
            .refreshAheadCache(false)
            .rateLimited(JWKSourceBuilder.DEFAULT_RATE_LIMIT_MIN_INTERVAL)
            .outageTolerant(IN_AN_OUTAGE.toMillis())
            .build();
  }

  /** No timeout of the retriever covers the look-up of the host, which is remembered for it. */
  private static Resource document(URL url) throws IOException {
    NAMES.addresses(url.getHost());
    return new DefaultResourceRetriever(TIMEOUT, TIMEOUT, MAX_BYTES).retrieveResource(url);
  }

  /**
   * Finds the keys that match a signature.
   *
   * @return none when the issuer has no such key
   * @throws KeySourceException when the key is unknown and the issuer does not answer
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    List<JWK> found = known(selector, context);
    if (found.isEmpty() && fetch.failed) {
      throw new JWKSetUnavailableException("The key is not known, and the keys cannot be fetched");
    }
    return found;
  }

  private List<JWK> known(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      return source.get(selector, context);
    } catch (RateLimitReachedException e) {
      return List.of(); // the keys fetched a moment ago did not include it either
    }
  }

  /** Records whether the last fetch failed, which the layers above it do not report. */
  private static final class Fetch extends URLBasedJWKSetSource<SecurityContext> {

    private volatile boolean failed;

    Fetch(URL url, ResourceRetriever retriever) {
      super(url, retriever);
    }

    @Override
    public JWKSet getJWKSet(
        JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
        throws KeySourceException {
      try {
        JWKSet keys = super.getJWKSet(refresh, now, context);
        failed = false;
        return keys;
      } catch (KeySourceException e) {
        failed = true;
        LOG.warn("The keys at {} cannot be fetched: {}", getJWKSetURL(), e.getMessage());
        throw e;
      }
    }
  }
}
