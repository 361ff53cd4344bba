package io.gatehouse.backup;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.Ports;
import io.gatehouse.support.ScimClient;
import io.gatehouse.support.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database and a journal that were copied at different times end consistent, by the steps of
 * {@code operations.md}.
 */
class BackupTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path OPERATIONS = Path.of("src/docs/operations.md");
  private static final String DATABASE = "pg";
  private static final String JOURNAL = "broker";
  private static final int PORT = Ports.free();

  @TempDir static Path folder;
  private static Path older;
  private static Path newer;
  private static ScimClient idp;
  private static Answer subscription;
  private static UUID ada;
  private static UUID grace;
  private static Copies seen;

  /** What the subscriber keeps: the title and the version of each user. */
  private record Copies(TreeMap<String, Long> versions, TreeMap<String, String> titles) {

    static Copies none() {
      return new Copies(new TreeMap<>(), new TreeMap<>());
    }

    static Copies of(Copies other) {
      return new Copies(new TreeMap<>(other.versions), new TreeMap<>(other.titles));
    }

    /** By the rule of the page about subscribers. */
    void take(JsonNode event) {
      String user = event.at("/data/id").asText();
      long version = event.path("resourceversion").asLong();
      if (version > versions.getOrDefault(user, 0L)) {
        versions.put(user, version);
        titles.put(user, event.at("/data/resource/title").asText());
      }
    }
  }

  /**
   * Copies everything twice: before and after some changes, each time with a command that waits.
   */
  @BeforeAll
  static void copyTwice() throws Exception {
    Path data = folder.resolve("data");
    Files.createDirectories(data);
    seen = Copies.none();
    try (Gateway gateway = start(data)) {
      idp = gateway.connection("standard");
      subscription = gateway.subscription(idp.tenant(), "training");
      ada = idp.create(user("ada@example.com").put("title", "first")).id();
      leaveOnTheQueue(gateway, "second");
    }
    older = copy(data, "older");
    try (Gateway gateway = start(data);
        Subscriber training = Subscriber.of(subscription)) {
      at(gateway);
      await().atMost(PATIENCE).until(() -> title(ada).equals("second"));
      assertThat(idp.patch(ada, title("third")).status()).isEqualTo(200);
      grace = idp.create(user("grace@example.com")).id();
      for (int i = 0; i < 4; i++) {
        seen.take(training.next());
      }
      leaveOnTheQueue(gateway, "last");
    }
    newer = copy(data, "newer");
    assertThat(seen.titles()).containsEntry(ada.toString(), "third").containsKey(grace.toString());
  }

  private static Gateway start(Path data) {
    return Gateway.start(data, "--gatehouse.broker.port=" + PORT, "--gatehouse.command.timeout=2s");
  }

  /** The same client, at another gateway. */
  private static void at(Gateway gateway) {
    idp = new ScimClient(gateway, idp.tenant(), idp.connection(), idp.token());
  }

  private static void leaveOnTheQueue(Gateway gateway, String title) throws Exception {
    gateway.bean(CamelContext.class).getRouteController().stopRoute("command-apply");
    assertThat(idp.patch(ada, title(title)).status()).as("no promise").isEqualTo(503);
  }

  private static String title(String value) {
    return "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"" + value + "\"}";
  }

  private static String title(UUID user) {
    return idp.get(user).json().path("title").asText();
  }

  private static Path copy(Path from, String name) throws Exception {
    Path to = folder.resolve(name);
    run("cp", "-a", from.toString(), to.toString());
    return to;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  /** A folder with the database of one copy and the journal of the other. */
  private static Path mixed(Path database, Path journal) throws Exception {
    Path mixed = copy(journal, "mixed-" + database.getFileName());
    run("rm", "-r", mixed.resolve(DATABASE).toString());
    run("cp", "-a", database.resolve(DATABASE).toString(), mixed.toString());
    return mixed;
  }

  @Test
  void anOldDatabaseBesideANewerJournal() throws Exception {
    Copies copies = Copies.of(seen);
    try (Gateway gateway = start(mixed(older, newer));
        Subscriber training = Subscriber.of(subscription)) {
      at(gateway);
      await().atMost(PATIENCE).until(() -> title(ada).equals("last"));
      assertThat(version(ada)).as("it is applied once").isEqualTo(2);
      assertThat(idp.get(grace).status()).as("lost with the database").isEqualTo(404);
      Copies careless = Copies.of(seen);
      careless.take(training.next());
      assertThat(careless.titles())
          .as("without the steps the subscriber does not believe it")
          .containsEntry(ada.toString(), "third");

      raiseVersions(gateway);
      bootstrap(gateway, training, copies);

      assertThat(copies.titles()).containsOnlyKeys(ada.toString());
      assertThat(copies.titles()).containsEntry(ada.toString(), "last");
      assertThat(idp.patch(ada, title("next")).status()).isEqualTo(200);
      takeUntil(training, copies, "next");
      assertThat(copies.versions().get(ada.toString())).isEqualTo(version(ada));
    }
  }

  @Test
  void aNewerDatabaseBesideAnOldJournal() throws Exception {
    Copies copies = Copies.of(seen);
    try (Gateway gateway = start(mixed(newer, older));
        Subscriber training = Subscriber.of(subscription)) {
      at(gateway);
      long before = version(ada);
      assertThat(idp.create(user("mary@example.com").put("title", "new")).status()).isEqualTo(201);
      assertThat(title(ada)).as("the old command is not applied again").isEqualTo("third");
      assertThat(version(ada)).isEqualTo(before);

      bootstrap(gateway, training, copies);

      assertThat(copies.titles()).containsEntry(ada.toString(), "third").hasSize(3);
      assertThat(copies.titles()).containsValue("new");
      assertThat(idp.patch(ada, title("next")).status()).isEqualTo(200);
      takeUntil(training, copies, "next");
      assertThat(copies.versions().get(ada.toString())).isEqualTo(before + 1);
    }
  }

  private static long version(UUID user) {
    return Long.parseLong(idp.get(user).json().at("/meta/version").asText().replaceAll("\\D", ""));
  }

  /** The statements of the page. */
  private static void raiseVersions(Gateway gateway) throws IOException {
    String page = Files.readString(OPERATIONS);
    int begin = page.indexOf("```sql\n") + "```sql\n".length();
    for (String statement : page.substring(begin, page.indexOf("```", begin)).split(";\n")) {
      assertThat(gateway.sql(statement)).as(statement).isNotNegative();
    }
  }

  /** Takes the present state, and forgets those of whom it says nothing. */
  private static void bootstrap(Gateway gateway, Subscriber training, Copies copies)
      throws Exception {
    String call = "/subscriptions/" + idp.tenant() + "/training/bootstrap";
    assertThat(gateway.admin("POST", call, null).status()).isBetween(200, 204);
    TreeMap<String, Long> named = new TreeMap<>();
    ObjectNode event = training.next();
    while (!event.path("type").asText().contains("bootstrap.completed")) {
      if (event.path("type").asText().contains("snapshot")) {
        named.put(event.at("/data/id").asText(), 1L);
      }
      copies.take(event);
      event = training.next();
    }
    copies.titles().keySet().retainAll(named.keySet());
  }

  private static void takeUntil(Subscriber training, Copies copies, String title) throws Exception {
    while (!copies.titles().containsValue(title)) {
      copies.take(training.next());
    }
  }
}
