package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP, bounded in time and size. It follows no redirects and keeps no cookies. */
final class JsonHttp implements AutoCloseable {

  private static final int MAX_BODY = 16 * 1024 * 1024;
  private static final int CONNECTIONS = 100;
  private static final int CONNECTIONS_OF_ONE_HOST = 20;
  private static final TimeValue LIFE = TimeValue.ofMinutes(5);

  private final CloseableHttpClient client;
  private final Limits limits;

  /** Aborts calls whose answer arrives too slowly, byte by byte, which no read timeout detects. */
  private final ScheduledExecutorService alarms =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "idp-api-alarms");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * The time limits of a call.
   *
   * @param connect to open a connection
   * @param response between two reads
   * @param whole for the whole call
   */
  record Limits(Duration connect, Duration response, Duration whole) {
    static final Limits USUAL =
        new Limits(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  /**
   * Creates the client.
   *
   * @param names refuses hosts that must not be reached
   */
  JsonHttp(Limits limits, DnsResolver names) {
    this.limits = limits;
    this.client = client(limits, names);
  }

  private static CloseableHttpClient client(Limits limits, DnsResolver names) {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(names)
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS_OF_ONE_HOST)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(limits.connect()))
                    .setSocketTimeout(Timeout.of(limits.response()))
                    .setTimeToLive(LIFE)
                    .build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(limits.connect()))
                .setResponseTimeout(Timeout.of(limits.response()))
                .build())
        .setUserAgent("Gatehouse")
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAutomaticRetries()
        .disableAuthCaching()
        .build();
  }

  /**
   * Makes a call.
   *
   * @throws IOException when there is no answer, or when it is not JSON or too large
   */
  ApiResponse send(ApiRequest call) throws IOException {
    HttpUriRequestBase request = request(call);
    Future<?> alarm =
        alarms.schedule(request::cancel, limits.whole().toMillis(), TimeUnit.MILLISECONDS);
    try {
      return client.execute(request, JsonHttp::reply);
    } finally {
      alarm.cancel(false);
    }
  }

  private static HttpUriRequestBase request(ApiRequest call) {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.uri());
    request.setHeader("Accept", "application/json");
    if (call.authorization() != null) {
      request.setHeader("Authorization", call.authorization());
    }
    if (call.body() != null) {
      request.setEntity(
          new StringEntity(call.body().text(), ContentType.parse(call.body().contentType())));
    }
    return request;
  }

  private static ApiResponse reply(ClassicHttpResponse response) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), it -> new ArrayList<>())
          .add(header.getValue());
    }
    byte[] body = body(response.getEntity());
    boolean wanted = response.getCode() / 100 == 2;
    return new ApiResponse(response.getCode(), headers, json(body, wanted));
  }

  private static byte[] body(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    try (InputStream content = entity.getContent()) {
      byte[] body = content.readNBytes(MAX_BODY + 1);
      if (body.length > MAX_BODY) {
        throw new IOException("an answer of more than " + MAX_BODY + " bytes");
      }
      return body;
    }
  }

  /** Parses a body; the body of an error may be of any type, and is then ignored. */
  private static JsonNode json(byte[] body, boolean wanted) throws IOException {
    try {
      return body.length == 0 ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(body);
    } catch (IOException e) {
      if (wanted) {
        // Without the cause: its message quotes what was received, which may be a token.
        throw new IOException("an answer that is not JSON");
      }
      return Json.MAPPER.missingNode();
    }
  }

  @Override
  public void close() throws IOException {
    alarms.shutdownNow();
    client.close();
  }
}
