package io.gatehouse.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.ExternalDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.flywaydb.core.Flyway;

/**
 * What a gateway of another version has left behind: its tables with their rows, the messages of
 * its queues, and what it made of them.
 *
 * @param folder {@code src/test/resources/upgrade/<commit>}
 */
record UpgradeFixture(Path folder) {

  static final Path ALL = Path.of("src/test/resources/upgrade");

  /** The key that seals what the gateway has stored. */
  static final String SECRET_KEY = "--gatehouse.secret-key=the-key-of-the-upgrade-fixtures";

  static final String ERASURE_KEY = "--gatehouse.erasure-key=the-key-of-the-upgrade-tombstones";

  /** The latest one. */
  static UpgradeFixture latest() {
    return new UpgradeFixture(ALL.resolve("84e19c0"));
  }

  Path migrations() {
    return folder.resolve("migration");
  }

  Path rows() {
    return folder.resolve("rows.sql");
  }

  /** What clients of the old gateway know: names, tokens, passwords. */
  JsonNode access() throws IOException {
    return Json.MAPPER.readTree(Files.readString(folder.resolve("access.json")));
  }

  void access(ObjectNode access) throws IOException {
    Files.writeString(folder.resolve("access.json"), access.toPrettyString() + "\n");
  }

  /** Messages, each with its {@code queue}, {@code group} and {@code text}. */
  List<JsonNode> messages() throws IOException {
    return lines("messages.jsonl");
  }

  void messages(List<? extends JsonNode> messages) throws IOException {
    lines("messages.jsonl", messages);
  }

  /** The events that the old gateway sent about these messages. */
  List<JsonNode> events() throws IOException {
    return lines("events.jsonl");
  }

  void events(List<? extends JsonNode> events) throws IOException {
    lines("events.jsonl", events);
  }

  private List<JsonNode> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream().<JsonNode>map(Json::stored).toList();
  }

  private void lines(String file, List<? extends JsonNode> lines) throws IOException {
    Files.write(folder.resolve(file), lines.stream().map(Json::text).toList());
  }

  /** Makes the tables by the old migrations, and fills them. */
  void restore(ExternalDatabase database) throws SQLException, IOException {
    Flyway.configure()
        .dataSource(database.url(), "postgres", "postgres")
        .initSql("set gatehouse.tenants = '*'")
        .locations("filesystem:" + migrations())
        .load()
        .migrate();
    Duration age = Duration.between(Instant.parse(access().path("at").asText()), Instant.now());
    try (DatabaseCopy copy = new DatabaseCopy(database.url())) {
      copy.read(rows(), age);
    }
  }

  /** A message as JMS clients of the gateway send it. */
  static void send(ClientSession session, String queue, String group, String text)
      throws Exception {
    ClientMessage message = session.createMessage(ClientMessage.TEXT_TYPE, true);
    message.getBodyBuffer().writeNullableSimpleString(SimpleString.of(text));
    message.putStringProperty("_AMQ_GROUP_ID", group);
    try (ClientProducer producer = session.createProducer(queue)) {
      producer.send(message);
    }
  }
}
