package io.gatehouse.embedded;

import static io.gatehouse.support.ScimClient.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.broker.BrokerConnection;
import io.gatehouse.support.BrokerView;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQBuffers;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the port of subscribers takes from those who have no credential: nearly nothing. */
class SubscriberPortTest {

  private static final byte[] AMQP_WITH_SASL = {'A', 'M', 'Q', 'P', 3, 1, 0, 0};

  private final Gateway gateway = Gateway.shared();
  private final int port = gateway.bean(BrokerConnection.class).publicPort();

  static List<byte[]> others() {
    String websocket =
        "GET / HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: amqp\r\n\r\n";
    return List.of(
        "CONNECT\nlogin:a\npasscode:b\n\n\0".getBytes(UTF_8),
        new byte[] {0x10, 0x0c, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 0},
        new byte[] {0, 0, 0, 11, 1, 'A', 'c', 't', 'i', 'v', 'e', 'M', 'Q', 0, 0},
        websocket.getBytes(UTF_8),
        ("POST / HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(100_000))
            .getBytes(UTF_8),
        new byte[100_000]);
  }

  @ParameterizedTest
  @MethodSource("others")
  void hangsUpOnWhatIsNotAmqp(byte[] said) throws Exception {
    try (Socket socket = connect()) {
      send(socket, said);
      assertThat(hungUpWithin(socket, 20_000)).isTrue();
    }
  }

  @Test
  void speaksNoCoreBeforeSignInOrAfter() {
    String made = "made-" + UUID.randomUUID();
    assertThatThrownBy(
            () -> {
              try (var locator =
                      ActiveMQClient.createServerLocator("tcp://localhost:" + port)
                          .setInitialConnectAttempts(1)
                          .setCallTimeout(2_000);
                  var factory = locator.createSessionFactory();
                  var session = factory.createSession()) {
                session.createQueue(QueueConfiguration.of(made));
              }
            })
        .isInstanceOf(ActiveMQException.class);
    assertThat(exists(made)).isFalse();
  }

  /** The packet that makes a queue, without a session (CVE-2026-49362). */
  @Test
  void makesNoQueueForACorePacketThatNobodySignedInFor() throws Exception {
    String made = "made-" + UUID.randomUUID();
    ActiveMQBuffer packet = ActiveMQBuffers.dynamicBuffer(256);
    packet.writeInt(0);
    packet.writeByte(PacketImpl.CREATE_QUEUE);
    packet.writeLong(1);
    packet.writeSimpleString(SimpleString.of(made));
    packet.writeSimpleString(SimpleString.of(made));
    packet.writeNullableSimpleString(null);
    packet.writeBoolean(true);
    packet.writeBoolean(false);
    packet.writeBoolean(false);
    packet.setInt(0, packet.writerIndex() - 4);
    byte[] bytes = new byte[packet.writerIndex()];
    packet.getBytes(0, bytes);
    try (Socket socket = connect()) {
      send(socket, bytes);
      assertThat(hungUpWithin(socket, 20_000)).isTrue();
    }
    assertThat(exists(made)).isFalse();
  }

  @Test
  void hangsUpOnThoseWhoDoNotSignIn() throws Exception {
    List<Socket> silent = new ArrayList<>();
    Instant start = Instant.now();
    for (int i = 0; i < 4; i++) {
      silent.add(connect());
    }
    send(silent.get(1), new byte[] {'A'});
    send(silent.get(2), AMQP_WITH_SASL);
    Thread trickle = trickle(silent.get(3));
    for (Socket socket : silent) {
      assertThat(hungUpWithin(socket, 30_000)).isTrue();
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
    trickle.join();
  }

  @Test
  void keepsNobodyOutBecauseOfThose() throws Exception {
    ScimClient idp = gateway.connection("standard");
    JsonNode made = gateway.subscription(idp.tenant(), "training").json();
    List<Socket> silent = new ArrayList<>();
    try (Subscriber signedIn = Subscriber.of(made, made.path("queue").asText())) {
      for (int i = 0; i < 300; i++) {
        silent.add(connect());
      }
      int hungUp = 0;
      for (Socket socket : silent) {
        hungUp += hungUpWithin(socket, 5) ? 1 : 0;
      }
      assertThat(hungUp).isBetween(150, 299);
      idp.create(user("ada@example.com"));
      assertThat(signedIn.next().path("type").asText()).isEqualTo("gatehouse.user.created.v1");
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
    await()
        .ignoreExceptions()
        .untilAsserted(() -> Subscriber.of(made, made.path("queue").asText()).close());
  }

  @Test
  void keepsThoseWhoHaveSignedIn() throws Exception {
    ScimClient idp = gateway.connection("standard");
    try (Subscriber training = Subscriber.of(gateway.subscription(idp.tenant(), "training"))) {
      Instant later = Instant.now().plusSeconds(7);
      await().atMost(Duration.ofSeconds(9)).until(() -> Instant.now().isAfter(later));
      idp.create(user("ada@example.com"));
      assertThat(training.next().path("type").asText()).isEqualTo("gatehouse.user.created.v1");
    }
  }

  @Test
  void takesNoFramesThatAreTooLong() throws Exception {
    try (Socket socket = connect()) {
      send(socket, AMQP_WITH_SASL);
      send(socket, new byte[] {0x7f, 0, 0, 0, 2, 1, 0, 0});
      send(socket, new byte[200_000]);
      assertThat(hungUpWithin(socket, 20_000)).isTrue();
    }
  }

  /**
   * A selector that backtracks for hours where it is made a regular expression (CVE-2026-75880).
   */
  @Test
  void isNotHeldUpByASelectorOfASubscriber() throws Exception {
    ScimClient idp = gateway.connection("standard");
    JsonNode hostile = gateway.subscription(idp.tenant(), "hostile").json();
    idp.create(user("ada@example.com"));
    var factory = new JmsConnectionFactory(hostile.at("/urls/amqp").asText());
    try (var connection =
            factory.createConnection(
                hostile.path("username").asText(), hostile.path("password").asText());
        Subscriber other = Subscriber.of(gateway.subscription(idp.tenant(), "training"))) {
      Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
      connection.start();
      var queue = session.createQueue(hostile.path("queue").asText());
      String pattern = "%_".repeat(14) + "%!";
      assertThatThrownBy(
              () -> session.createConsumer(queue, "cloudEvents_subject LIKE '" + pattern + "'"))
          .hasMessageContaining("Invalid filter");
      assertThat(session.createConsumer(queue).receive(5_000)).isNotNull();
      idp.create(user("grace@example.com"));
      assertThat(other.next().path("type").asText()).isEqualTo("gatehouse.user.created.v1");
    }
  }

  @Test
  void namesNoAddressOfAnyOtherProtocol() {
    JsonNode made = gateway.subscription(gateway.tenant(), "training").json();
    assertThat(made.path("urls").has("core")).isFalse();
    assertThat(made.at("/urls/amqp").asText()).endsWith(":" + port);
  }

  private boolean exists(String queue) {
    try (BrokerView broker = BrokerView.of(gateway)) {
      return broker.session().queueQuery(SimpleString.of(queue)).isExists();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** The other side may have closed it already. */
  private static void send(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|abort).*");
    }
  }

  /** Empty frames, as from a client that lives. */
  private static Thread trickle(Socket socket) {
    send(socket, AMQP_WITH_SASL);
    Thread thread =
        new Thread(
            () -> {
              Instant end = Instant.now().plusSeconds(6);
              await()
                  .pollInterval(Duration.ofMillis(500))
                  .until(
                      () -> {
                        try {
                          socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 2, 1, 0, 0});
                        } catch (IOException e) {
                          return true;
                        }
                        return Instant.now().isAfter(end);
                      });
            });
    thread.start();
    return thread;
  }

  private static boolean hungUpWithin(Socket socket, int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // what a broker says before it hangs up
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
