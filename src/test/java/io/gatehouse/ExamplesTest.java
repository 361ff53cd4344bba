package io.gatehouse;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The consumers in {@code src/examples}, run as a developer runs them. A JDK is always there;
 * {@code -Dexamples=java,python,node} runs the others too, which need the clients that their README
 * names.
 */
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("src/examples");

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final Path folder = Gateway.temporaryFolder();

  static Stream<String> languages() {
    return Stream.of(System.getProperty("examples", "java").split(","));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void keepsACopyFromTheBootstrapToTheErasure(String language) throws Exception {
    UUID ada = idp.create(user("ada@example.com")).id();
    Path subscription = subscribe();
    Process consumer = run(language, subscription);
    try {
      prints("feed.bootstrap.completed.v1: complete, 1 people");
      idp.delete(ada);
      prints("user.deactivated.v1: deactivated, version 2, ada@example.com");
      admin("/subscriptions/" + idp.tenant() + "/hr/replay", Json.object().put("sequence", 1));
      prints("user.created.v1: known already");
      admin("/users/" + ada + "/erase", null);
      prints("user.erased.v1: erased, version 3, nobody");
      acknowledgesEverything();
    } finally {
      consumer.destroy();
    }
  }

  private Path subscribe() throws IOException {
    ObjectNode wanted =
        Json.object().put("tenant", idp.tenant()).put("name", "hr").put("bootstrap", true);
    wanted.putArray("types").add("gatehouse.user.*");
    Gateway.Answer made = gateway.admin("POST", "/subscriptions", wanted);
    return Files.writeString(folder.resolve("subscription.json"), made.http().body());
  }

  private void admin(String path, ObjectNode body) {
    assertThat(gateway.admin("POST", path, body).status()).isBetween(200, 299);
  }

  private Process run(String language, Path subscription) throws IOException {
    ProcessBuilder command = new ProcessBuilder(command(language));
    command.command().add(subscription.toString());
    return command.redirectErrorStream(true).redirectOutput(output().toFile()).start();
  }

  private static List<String> command(String language) {
    return new ArrayList<>(
        switch (language) {
          case "java" ->
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  EXAMPLES.resolve("java/Consumer.java").toString());
          case "python" -> List.of("python3", EXAMPLES.resolve("python/consumer.py").toString());
          case "node" -> List.of("node", EXAMPLES.resolve("node/consumer.js").toString());
          default -> throw new IllegalArgumentException(language);
        });
  }

  private void prints(String line) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(printed()).contains("gatehouse." + line));
  }

  private void acknowledgesEverything() {
    String path = "/subscriptions/" + idp.tenant() + "/hr";
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(gateway.admin("GET", path, null).json().path("backlog").asInt())
                    .isZero());
  }

  private List<String> printed() {
    try {
      return Files.readAllLines(output());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path output() {
    return folder.resolve("output");
  }
}
