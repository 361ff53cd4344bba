package io.gatehouse.support;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeDirectory.State;
import io.gatehouse.support.FakeDirectory.What;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * In place of the APIs of Okta, Microsoft Graph and OneLogin: one directory, spoken in the shapes
 * that each of them documents.
 */
public final class FakeIdp implements AutoCloseable {

  private final FakeDirectory directory;
  private final FakeDoor door;
  private final FakeFaults faults = new FakeFaults();
  private final FakePages pages = new FakePages();
  private final FakeSubscriptions subscriptions;
  private final FakeOkta okta;
  private final FakeGraph graph;
  private final FakeOneLogin oneLogin;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private FakeIdp(Clock clock) throws IOException {
    directory = new FakeDirectory(clock);
    door = new FakeDoor(clock);
    subscriptions = new FakeSubscriptions(clock);
    okta = new FakeOkta(directory, pages);
    graph = new FakeGraph(directory, pages, subscriptions);
    oneLogin = new FakeOneLogin(directory, pages);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
    pages.at(url());
  }

  public static FakeIdp start() {
    return start(Clock.systemUTC());
  }

  public static FakeIdp start(Clock clock) {
    try {
      return new FakeIdp(clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** The setting {@code api} of a connection to Okta, with an API token. */
  public ObjectNode oktaAccess() {
    return Json.object().put("url", url()).put("token", FakeDoor.API_TOKEN);
  }

  /** The setting {@code api} of a connection to Okta or OneLogin, with client credentials. */
  public ObjectNode clientAccess() {
    return Json.object()
        .put("url", url())
        .put("clientId", FakeDoor.CLIENT_ID)
        .put("clientSecret", FakeDoor.CLIENT_SECRET);
  }

  /** The setting {@code api} of a connection to Entra ID. */
  public ObjectNode entraAccess() {
    return clientAccess().put("tenant", "7d1f0c2e-3b5a-4c6d-8e9f-0a1b2c3d4e5f");
  }

  /** Somebody, who is hired when nobody has this id yet. */
  public FakeUser user(String id) {
    return directory.user(id);
  }

  public void deactivate(String user) {
    directory.set(user, State.DEACTIVATED, What.USER_DEACTIVATED);
  }

  public void suspend(String user) {
    directory.set(user, State.SUSPENDED, What.USER_SUSPENDED);
  }

  public void reactivate(String user) {
    directory.set(user, State.ACTIVE, What.USER_REACTIVATED);
  }

  public void delete(String user) {
    directory.set(user, State.DELETED, What.USER_DELETED);
  }

  public void assign(String user, String application) {
    directory.assign(user, application, true);
  }

  public void unassign(String user, String application) {
    directory.assign(user, application, false);
  }

  /** There are all applications but those. */
  public void withoutApplication(String application) {
    directory.unknown.add(application);
  }

  /** Makes a group, or renames it. */
  public void group(String id, String name) {
    directory.group(id, name);
  }

  public void join(String group, String user) {
    directory.member(group, user, true);
  }

  public void leave(String group, String user) {
    directory.member(group, user, false);
  }

  public void deleteGroup(String id) {
    directory.deleteGroup(id);
  }

  /** Everything that has happened, as Okta's System Log has it and its event hooks send it. */
  public ArrayNode oktaEvents() {
    return okta.events();
  }

  /** Microsoft Graph's subscriptions. */
  public FakeSubscriptions subscriptions() {
    return subscriptions;
  }

  /** Microsoft Graph answers this status to all delta links that it has given. */
  public void loseDeltas(int status) {
    graph.delta().lose(status);
  }

  /** What the next calls meet. */
  public FakeFaults faults() {
    return faults;
  }

  /** No page has more items from now on. */
  public void pagesOf(int items) {
    pages.atMost(items);
  }

  /** Where the links to next pages lead from now on. */
  public void linkTo(String url) {
    pages.at(url);
  }

  /** No token that was issued is good any more. */
  public void expireTokens() {
    door.expireTokens();
  }

  public int tokensIssued() {
    return door.issued();
  }

  /** The calls so far: method, path and query. */
  public List<String> calls() {
    return calls;
  }

  private void serve(HttpExchange http) throws IOException {
    FakeCall call = FakeCall.of(http);
    calls.add(call.method() + " " + call.uri());
    FakeVendor vendor = vendor(call.uri().getPath());
    FakeReply reply = faults.next(vendor);
    if (reply == null) {
      synchronized (directory) {
        reply = door.answer(vendor, call);
      }
    }
    write(http, reply);
  }

  private FakeVendor vendor(String path) {
    if (path.startsWith("/api/v1/") || path.startsWith("/oauth2/v1/")) {
      return okta;
    }
    return path.startsWith("/v1.0/") || path.endsWith("/oauth2/v2.0/token") ? graph : oneLogin;
  }

  private static void write(HttpExchange http, FakeReply reply) throws IOException {
    for (int i = 0; i < reply.headers().size(); i += 2) {
      http.getResponseHeaders().add(reply.headers().get(i), reply.headers().get(i + 1));
    }
    http.getResponseHeaders().add("Content-Type", "application/json");
    byte[] body =
        reply.json() == null
            ? new byte[0]
            : Json.text(reply.json()).getBytes(StandardCharsets.UTF_8);
    http.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      http.getResponseBody().write(body);
    }
    http.close();
  }

  @Override
  public void close() {
    faults.end();
    server.stop(0);
    threads.shutdownNow();
  }
}
