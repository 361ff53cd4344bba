package io.gatehouse.support;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * A gateway that takes webhooks in and leaves them in the inbox, at the time of the fixtures, and
 * with the route files of senders that the jar knows nothing of.
 */
public final class WebhookGateway {

  public static final Instant TIME = Instant.parse("2026-11-03T09:15:00Z");

  private static final Path SENDERS = Path.of("src/test/resources/senders");
  private static final Path README = Path.of("routes/README.md");
  private static final Set<String> INTAKE = Set.of("inbox-accept", "inbox-keep");

  private static final SettableClock CLOCK = new SettableClock();

  private WebhookGateway() {}

  /** The time of the fixtures. It is no {@code @Configuration}, or every gateway would find it. */
  static class StandingClock {

    @Bean
    @Primary
    Clock standingClock() {
      return CLOCK;
    }
  }

  public static Gateway start() {
    CLOCK.set(TIME);
    Gateway gateway =
        Gateway.start(
            StandingClock.class, Gateway.temporaryFolder(), "--gatehouse.routes=" + routes());
    stopWork(gateway);
    // it would wait for what waits for the work
    gateway.bean(CamelContext.class).getShutdownStrategy().setTimeout(1);
    return gateway;
  }

  /** The senders of the tests, and the example of the README as a reader would copy it. */
  private static Path routes() {
    Path folder = Gateway.temporaryFolder();
    try (Stream<Path> files = Files.list(SENDERS)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
      String readme = Files.readString(README);
      int begin = readme.lastIndexOf("```yaml\n") + "```yaml\n".length();
      Files.writeString(
          folder.resolve("people.camel.yaml"),
          readme.substring(begin, readme.indexOf("```", begin)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets the clock. */
  public static void at(Instant time) {
    CLOCK.set(time);
  }

  /** Stops whatever takes signals out of the inbox, or polls for more. */
  public static void stopWork(Gateway gateway) {
    CamelContext camel = gateway.bean(CamelContext.class);
    try {
      for (Route route : camel.getRoutes()) {
        if (route.getId().startsWith("inbox-") && !INTAKE.contains(route.getId())) {
          camel.getRouteController().stopRoute(route.getId());
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A sender with a connection of its own, which proves one secret or one of two. */
  public static IdpWebhookCaller sender(Gateway gateway, String idp, String... secrets) {
    ObjectNode wanted = Json.object().put("tenant", gateway.tenant()).put("idp", idp);
    if (secrets.length > 0) {
      ArrayNode all = wanted.putObject("settings").putArray("webhookSecret");
      for (String secret : secrets) {
        all.add(secret);
      }
    }
    return new IdpWebhookCaller(gateway, gateway.admin("POST", "/connections", wanted).json());
  }
}
