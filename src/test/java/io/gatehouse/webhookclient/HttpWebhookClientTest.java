package io.gatehouse.webhookclient;

import static io.gatehouse.support.Receiver.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.webhook.DestinationPolicy;
import io.gatehouse.delivery.webhook.EndpointResponse;
import io.gatehouse.delivery.webhook.WebhookClient.Request;
import io.gatehouse.support.Receiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Where a connection really goes, whatever names and receivers say. */
class HttpWebhookClientTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Subscription CLAIM =
      new Subscription(new UUID(0, 1), "acme", "training", Profile.NOTICE, List.of());

  /** Answers once each, as a server of names that changes its mind. */
  private final Deque<String> names = new ArrayDeque<>();

  @Test
  void connectsToTheAddressThatItChecked() throws Exception {
    try (Receiver first = Receiver.start();
        Receiver second = Receiver.start(InetAddress.getByName("127.0.0.2"), first.port());
        HttpWebhookClient unit = receivers(true)) {
      names.addAll(List.of("127.0.0.1", "127.0.0.2"));
      URI url = url("http", first.port());

      assertThat(post(unit, url).status()).isEqualTo(204);
      assertThat(names).as("looked up once").containsExactly("127.0.0.2");
      assertThat(first.requests()).hasSize(1);
      assertThat(second.requests()).isEmpty();

      assertThat(post(unit, url).status()).isEqualTo(204);
      assertThat(names).as("looked up for each attempt").isEmpty();
      assertThat(second.requests()).hasSize(1);
    }
  }

  @Test
  void refusesANameThatLeadsInsideLater() throws Exception {
    try (ServerSocketChannel inside = inside();
        HttpWebhookClient unit = receivers(false)) {
      URI url = url("https", inside.socket().getLocalPort());
      names.addAll(List.of("8.8.8.8", "127.0.0.1"));

      assertThat(unit.objection(url)).isEmpty();
      EndpointResponse response = post(unit, url);

      assertThat(response.status()).isNull();
      assertThat(response.problem()).contains("127.0.0.1", "not an address on the internet");
      assertThat(inside.accept()).as("a connection").isNull();
    }
  }

  @Test
  void refusesANameThatAlsoLeadsInside() throws Exception {
    try (ServerSocketChannel inside = inside();
        HttpWebhookClient unit = receivers(false)) {
      names.add("8.8.8.8 127.0.0.1");

      assertThat(post(unit, url("https", inside.socket().getLocalPort())).problem())
          .contains("not an address on the internet");
      assertThat(inside.accept()).as("a connection").isNull();
    }
  }

  private static ServerSocketChannel inside() throws IOException {
    ServerSocketChannel inside = ServerSocketChannel.open();
    inside.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
    return inside;
  }

  @Test
  void refusesAnUnencryptedUrlThatWasAllowedOnce() throws Exception {
    try (Receiver receiver = Receiver.start();
        HttpWebhookClient unit = receivers(false)) {
      assertThat(post(unit, URI.create(receiver.url())).problem()).contains("https");
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @Test
  void keepsNoCookiesAndAsksNoProxy() throws Exception {
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", "1");
    System.setProperty("http.nonProxyHosts", "");
    try (Receiver receiver = Receiver.start();
        HttpWebhookClient unit = receivers(true)) {
      receiver.answers(status(204, "Set-Cookie", "session=1"));
      URI url = url("http", receiver.port());
      post(unit, url);
      post(unit, url);

      assertThat(receiver.requests())
          .hasSize(2)
          .allSatisfy(
              it -> assertThat(it.headers()).doesNotContainKeys("Cookie", "Accept-encoding"));
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
      System.clearProperty("http.nonProxyHosts");
    }
  }

  @Test
  void doesNotWaitForOneWhoNeverComesToTheEnd() throws Exception {
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(1);
    try (ServerSocket server = speaking("HTTP/1.1 200 OK\r\nX: ", it -> trickle(threads, it));
        HttpWebhookClient unit = receivers(true)) {
      long start = System.nanoTime();
      EndpointResponse response = post(unit, url("http", server.getLocalPort()));

      assertThat(response.problem()).isEqualTo("There was no answer within 15 seconds.");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(SECOND, SECOND.multipliedBy(14));
    } finally {
      threads.shutdownNow();
    }
  }

  private static void trickle(ScheduledExecutorService threads, Socket caller) {
    threads.scheduleAtFixedRate(() -> say(caller, "x"), 0, 50, TimeUnit.MILLISECONDS);
  }

  @Test
  void comesToAnEndHoweverManyAddressesAreSilent() throws Exception {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    try (ServerSocket silent = new ServerSocket(0, 1, here);
        Socket first = new Socket(here, silent.getLocalPort());
        Socket second = new Socket(here, silent.getLocalPort());
        HttpWebhookClient unit = receivers(true)) {
      names.add("127.0.0.1 ".repeat(12).strip());
      long start = System.nanoTime();
      post(unit, url("http", silent.getLocalPort()));

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECOND.multipliedBy(9));
    }
  }

  @Test
  void saysWhatWentWrongAndNothingThatTheReceiverSays() throws Exception {
    try (ServerSocket server = speaking("ada@example.com\r\n\r\n", HttpWebhookClientTest::hangUp);
        HttpWebhookClient unit = receivers(true)) {
      int port = server.getLocalPort();

      assertThat(post(unit, url("http", port)).problem())
          .isEqualTo("The connection broke before there was an answer.");
      assertThat(post(unit, url("https", port)).problem()).startsWith("There is no TLS");
      names.add("nowhere");
      assertThat(unit.post(letter(URI.create("http://receiver.test:" + port))).problem())
          .isEqualTo("The host is not known.");
      // a port that no process of another test takes meanwhile
      assertThat(post(unit, url("http", 1)).problem()).isEqualTo("The connection was refused.");
    }
  }

  /** A server that does not speak HTTP to the end: it says this to everybody, and goes on. */
  private static ServerSocket speaking(String words, Consumer<Socket> then) throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket caller = server.accept();
                  say(caller, words);
                  then.accept(caller);
                } catch (IOException e) {
                  return;
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static void say(Socket caller, String words) {
    try {
      caller.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hangUp(Socket caller) {
    try {
      caller.getInputStream().read();
      caller.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpWebhookClient receivers(boolean anywhere) {
    return new HttpWebhookClient(new DestinationPolicy(anywhere), this::lookUp, SECOND);
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    String answer = names.remove();
    if (answer.equals("nowhere")) {
      throw new UnknownHostException(host);
    }
    String[] addresses = answer.split(" ");
    InetAddress[] found = new InetAddress[addresses.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = InetAddress.getByName(addresses[i]);
    }
    return found;
  }

  /** One attempt, of a host that is on this machine unless the test said otherwise. */
  private EndpointResponse post(HttpWebhookClient unit, URI url) {
    if (names.isEmpty()) {
      names.add("127.0.0.1");
    }
    return unit.post(letter(url));
  }

  private static Request letter(URI url) {
    return new Request(CLAIM, url, Map.of("webhook-id", "1"), "{}");
  }

  private static URI url(String scheme, int port) {
    return URI.create(scheme + "://receiver.test:" + port + "/");
  }
}
