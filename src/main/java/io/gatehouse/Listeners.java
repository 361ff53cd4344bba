package io.gatehouse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes Spring Boot's settings of what the gateway calls {@code gatehouse.bind} and {@code
 * gatehouse.tls}, for HTTP and for management where that has a port of its own.
 */
final class Listeners implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final String MANAGEMENT_PORT = "management.server.port";
  private static final String CERTIFICATE = "gatehouse.tls.certificate";
  private static final String KEY = "gatehouse.tls.key";
  private static final String BUNDLE = "spring.ssl.bundle.pem.gatehouse.";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Environment settings = context.getEnvironment();
    if (!settings.containsProperty("gatehouse.bind")) {
      return; // not Gatehouse's own context
    }
    Map<String, Object> derived = new HashMap<>();
    address(settings, derived);
    encryption(settings, derived);
    // Last, so that administrators can override these values by Spring Boot's own settings.
    context
        .getEnvironment()
        .getPropertySources()
        .addLast(new MapPropertySource("gatehouse listeners", derived));
  }

  private static void address(Environment settings, Map<String, Object> derived) {
    String bind = settings.getRequiredProperty("gatehouse.bind");
    if (!isOurs(bind)) {
      throw new StartupRefusedException(
          "GATEHOUSE_BIND is '"
              + bind
              + "', which is no address of this machine; 0.0.0.0 stands for all of them.");
    }
    derived.put("server.address", bind);
    if (hasManagementPort(settings)) {
      derived.put("management.server.address", bind);
    }
  }

  private static boolean isOurs(String bind) {
    if (bind.isBlank()) {
      return false; // Java would take it for the loopback address.
    }
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(bind))) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasManagementPort(Environment settings) {
    return !settings.getProperty(MANAGEMENT_PORT, "").isEmpty();
  }

  private static void encryption(Environment settings, Map<String, Object> derived) {
    String certificate = settings.getProperty(CERTIFICATE, "");
    String key = settings.getProperty(KEY, "");
    if (certificate.isEmpty() && key.isEmpty()) {
      return;
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      throw new StartupRefusedException(
          "TLS needs both GATEHOUSE_TLS_CERTIFICATE and GATEHOUSE_TLS_KEY, and only one is set.");
    }
    read("GATEHOUSE_TLS_CERTIFICATE", certificate, "certificate");
    read("GATEHOUSE_TLS_KEY", key, "private key");
    derived.put(BUNDLE + "keystore.certificate", Path.of(certificate).toUri().toString());
    derived.put(BUNDLE + "keystore.private-key", Path.of(key).toUri().toString());
    derived.put(BUNDLE + "keystore.verify-keys", "true");
    derived.put(BUNDLE + "reload-on-update", "true");
    derived.put("spring.ssl.bundle.watch.file.quiet-period", "2s");
    derived.put("server.ssl.bundle", "gatehouse");
    if (hasManagementPort(settings)) {
      derived.put("management.server.ssl.bundle", "gatehouse");
    }
  }

  /** Checked here, because Spring Boot would report it with a stack trace. */
  private static void read(String variable, String file, String what) {
    try {
      PemContent content = PemContent.load(Path.of(file));
      Object found =
          what.equals("certificate") ? content.getCertificates() : content.getPrivateKey();
      if (found == null || List.of().equals(found)) {
        throw new IllegalStateException("none");
      }
    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
      throw new StartupRefusedException(
          "%s is '%s', where no %s in PEM form can be read.".formatted(variable, file, what));
    }
  }
}
