package io.gatehouse.webhookclient;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/** Fetches small documents, such as keys, from checked addresses. It follows no redirects. */
public final class DocumentFetcher implements AutoCloseable {

  private static final int MAX_BYTES = 256 * 1024;

  private final CloseableHttpClient client;

  /**
   * Creates a fetcher.
   *
   * @param patience the timeout of a connection, and of each part of the answer
   */
  public DocumentFetcher(CheckedDnsResolver names, Duration patience) {
    Timeout timeout = Timeout.of(patience);
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(names)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setConnectTimeout(timeout).build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(timeout)
                    .setConnectionRequestTimeout(timeout)
                    .build())
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setUserAgent("Gatehouse")
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAutomaticRetries()
            .disableAuthCaching()
            .build();
  }

  /**
   * Fetches the text at an address.
   *
   * @throws IOException when there is no document, or when it is too large
   */
  public String text(URI address) throws IOException {
    HttpGet request = new HttpGet(address);
    request.setHeader("Accept", "application/json");
    return client.execute(request, DocumentFetcher::text);
  }

  private static String text(ClassicHttpResponse response) throws IOException {
    if (response.getCode() != 200 || response.getEntity() == null) {
      throw new IOException("an answer of " + response.getCode());
    }
    try (InputStream content = response.getEntity().getContent()) {
      byte[] bytes = content.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("an answer of more than " + MAX_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
