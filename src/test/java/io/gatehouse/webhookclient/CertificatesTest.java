package io.gatehouse.webhookclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.webhook.DestinationPolicy;
import io.gatehouse.delivery.webhook.EndpointResponse;
import io.gatehouse.delivery.webhook.WebhookClient.Request;
import io.gatehouse.support.Receiver;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encryption means nothing without the certificate of whoever is meant. */
class CertificatesTest {

  private static final String PASSWORD = "changeit";
  private static final Subscription CLAIM =
      new Subscription(new UUID(0, 1), "acme", "training", Profile.NOTICE, List.of());

  @TempDir private static Path folder;
  private static Path keys;
  private HttpsServer server;

  @BeforeAll
  static void generate() throws Exception {
    keys = folder.resolve("keys.p12");
    generate(keys);
  }

  @BeforeEach
  void start() throws Exception {
    KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    try (InputStream stored = Files.newInputStream(keys)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(stored, PASSWORD.toCharArray());
      mine.init(store, PASSWORD.toCharArray());
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(mine.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", Receiver.status(204));
    server.start();
  }

  private static void generate(Path keys) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=receiver.test",
                "-ext",
                "san=dns:receiver.test",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).as(new String(keytool.getInputStream().readAllBytes())).isZero();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    System.clearProperty("javax.net.ssl.trustStore");
    System.clearProperty("javax.net.ssl.trustStorePassword");
  }

  @Test
  void refusesACertificateThatNobodyTrusts() throws Exception {
    assertThat(post("receiver.test").problem()).startsWith("There is no TLS");
  }

  @Test
  void refusesACertificateOfAnotherHost() throws Exception {
    trust();

    assertThat(post("other.test").problem()).startsWith("There is no TLS");
  }

  @Test
  void postsToWhomTheCertificateIsFor() throws Exception {
    trust();

    assertThat(post("receiver.test").status()).isEqualTo(204);
  }

  private void trust() {
    System.setProperty("javax.net.ssl.trustStore", keys.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
  }

  private EndpointResponse post(String host) throws Exception {
    InetAddress[] here = {InetAddress.getByName("127.0.0.1")};
    try (HttpWebhookClient unit =
        new HttpWebhookClient(new DestinationPolicy(true), name -> here, Duration.ofSeconds(5))) {
      URI url = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
      return unit.post(new Request(CLAIM, url, Map.of(), "{}"));
    }
  }
}
