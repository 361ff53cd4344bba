package io.gatehouse.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The server of a subscriber: keeps what is posted to it, and answers as it is told. */
public final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Function<Request, HttpHandler> answers = it -> status(204);

  private Receiver(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** A request that came. */
  public record Request(String path, Map<String, List<String>> headers, String body) {

    public String header(String name) {
      return headers.get(name).get(0);
    }

    public ObjectNode event() {
      return Json.stored(body);
    }

    public String type() {
      return event().path("type").asText();
    }

    /** The id of the user or group. */
    public String about() {
      return event().at("/data/id").asText();
    }
  }

  public static Receiver start() {
    return start(InetAddress.getLoopbackAddress(), 0);
  }

  public static Receiver start(InetAddress address, int port) {
    try {
      return new Receiver(HttpServer.create(new InetSocketAddress(address, port), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://localhost:" + port() + "/hooks";
  }

  public List<Request> requests() {
    return requests;
  }

  public List<String> types() {
    return requests.stream().map(Request::type).toList();
  }

  public List<ObjectNode> events() {
    return requests.stream().map(Request::event).toList();
  }

  /** From now on every request is answered so. */
  public void answers(HttpHandler answer) {
    answers = it -> answer;
  }

  public void answersEach(Function<Request, HttpHandler> answer) {
    answers = answer;
  }

  /** A status, and headers with their values by turns. */
  public static HttpHandler status(int status, String... headers) {
    return http -> {
      for (int i = 0; i < headers.length; i += 2) {
        http.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      http.sendResponseHeaders(status, -1);
      http.close();
    };
  }

  private void answer(HttpExchange http) throws IOException {
    String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Request request =
        new Request(http.getRequestURI().toString(), Map.copyOf(http.getRequestHeaders()), body);
    HttpHandler answer = answers.apply(request);
    requests.add(request);
    answer.handle(http);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
