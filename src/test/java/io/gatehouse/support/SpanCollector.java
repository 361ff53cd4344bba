package io.gatehouse.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector of traces: keeps the spans that are sent to it by OTLP over HTTP. */
public final class SpanCollector implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private volatile int status = 200;
  private volatile boolean hangs;

  private SpanCollector(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/v1/traces", this::answer);
    server.start();
  }

  public static SpanCollector start() {
    try {
      return new SpanCollector(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/v1/traces";
  }

  /** Answers so from now on. */
  public void answers(int with) {
    status = with;
  }

  /** Answers nothing from now on, until it is closed. */
  public void hang() {
    hangs = true;
  }

  /** The spans of a trace, in the order of their ends. */
  public List<Span> trace(String id) {
    return spans.stream().filter(it -> hex(it.getTraceId().toByteArray()).equals(id)).toList();
  }

  public List<Span> spans() {
    return spans;
  }

  /** All bytes that were received, as text to search. */
  public String received() {
    synchronized (received) {
      return received.toString(StandardCharsets.ISO_8859_1);
    }
  }

  public static String id(Span span) {
    return hex(span.getSpanId().toByteArray());
  }

  public static String parent(Span span) {
    return hex(span.getParentSpanId().toByteArray());
  }

  /** An attribute; empty when it has none of this name. */
  public static String attribute(Span span, String name) {
    return span.getAttributesList().stream()
        .filter(it -> it.getKey().equals(name))
        .map(
            it ->
                it.getValue().hasIntValue()
                    ? String.valueOf(it.getValue().getIntValue())
                    : it.getValue().getStringValue())
        .findAny()
        .orElse("");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private void answer(HttpExchange http) throws IOException {
    byte[] body = body(http);
    if (hangs) {
      await();
    }
    if (status == 200) {
      synchronized (received) {
        received.write(body);
      }
      ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
          .flatMap(it -> it.getScopeSpansList().stream())
          .forEach(it -> spans.addAll(it.getSpansList()));
    }
    http.sendResponseHeaders(status, -1);
    http.close();
  }

  private static byte[] body(HttpExchange http) throws IOException {
    boolean zipped = "gzip".equals(http.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body = http.getRequestBody();
        InputStream plain = zipped ? new GZIPInputStream(body) : body) {
      return plain.readAllBytes();
    }
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
