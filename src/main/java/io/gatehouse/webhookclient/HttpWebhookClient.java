package io.gatehouse.webhookclient;

import io.gatehouse.delivery.webhook.DestinationPolicy;
import io.gatehouse.delivery.webhook.EndpointResponse;
import io.gatehouse.delivery.webhook.WebhookClient;
import io.gatehouse.http.HostNames;
import io.gatehouse.http.RetryAfter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts with a client that does nothing of its own accord: no redirects, retries, cookies or
 * proxies, and a new connection each time, because the check belongs to the connection.
 */
final class HttpWebhookClient implements WebhookClient, AutoCloseable {

  private static final ContentType EVENT = ContentType.create("application/cloudevents+json");
  private static final Timeout CONNECT = Timeout.ofSeconds(5);
  private static final int MAX_ANSWER = 64 * 1024;
  private static final int MAX_CONNECTIONS = 64;

  private final DestinationPolicy policy;
  private final CheckedDnsResolver names;
  private final Duration total;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1);

  HttpWebhookClient(DestinationPolicy policy, HostNames hosts, Duration total) {
    this.policy = policy;
    this.names = new CheckedDnsResolver(policy, hosts);
    this.total = total;
    this.client = client(names, Timeout.of(total));
    watch.setRemoveOnCancelPolicy(true);
  }

  private static CloseableHttpClient client(CheckedDnsResolver names, Timeout silence) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom().setConnectTimeout(CONNECT).build())
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .build())
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(silence)
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("Gatehouse")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  /** A host that is not known yet may be known tomorrow. */
  @Override
  public Optional<String> objection(URI url) {
    Optional<String> objection = policy.objection(url);
    if (objection.isPresent()) {
      return objection;
    }
    try {
      names.resolve(url.getHost());
      return Optional.empty();
    } catch (CheckedDnsResolver.RefusedException e) {
      return Optional.ofNullable(e.getMessage());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  @Override
  public EndpointResponse post(Request letter) {
    Optional<String> objection = policy.objection(letter.url());
    if (objection.isPresent()) {
      return EndpointResponse.failed(objection.get());
    }
    HttpPost request = new HttpPost(letter.url());
    letter.headers().forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(letter.body().getBytes(StandardCharsets.UTF_8), EVENT));
    Future<?> deadline = watch.schedule(request::abort, total.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return answer(client.executeOpen(HttpHost.create(letter.url()), request, null));
    } catch (IOException e) {
      return EndpointResponse.failed(problem(e, request.isAborted()));
    } finally {
      deadline.cancel(false);
      request.abort(); // ends the connection, however much of the answer is still to come
    }
  }

  private static EndpointResponse answer(ClassicHttpResponse response) {
    Header retryAfter = response.getFirstHeader(RetryAfter.HEADER);
    drop(response.getEntity());
    return EndpointResponse.answered(
        response.getCode(), retryAfter == null ? null : retryAfter.getValue());
  }

  /** The answer is in its status; reading the rest lets an honest receiver finish. */
  private static void drop(HttpEntity entity) {
    if (entity == null) {
      return;
    }
    try {
      entity.getContent().readNBytes(MAX_ANSWER);
    } catch (IOException e) {
      // it has said what it had to say
    }
  }

  /** Sentences of ours only: what an exception quotes may be what we have sent. */
  private static String problem(IOException e, boolean late) {
    if (e instanceof CheckedDnsResolver.RefusedException refused) {
      return String.valueOf(refused.getMessage());
    }
    if (e instanceof ConnectTimeoutException) {
      return "There was no connection within 5 seconds.";
    }
    if (late || e instanceof SocketTimeoutException) {
      return "There was no answer within 15 seconds.";
    }
    if (e instanceof UnknownHostException) {
      return "The host is not known.";
    }
    if (e instanceof ConnectException) {
      return "The connection was refused.";
    }
    return e instanceof SSLException
        ? "There is no TLS; the certificate may be expired, for another host, or not trusted."
        : "The connection broke before there was an answer.";
  }

  @Override
  public void close() throws IOException {
    watch.shutdownNow();
    client.close();
  }
}
