package io.gatehouse.upgrade;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.scim.Json;
import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.BrokerView;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.GatewayProcess;
import io.gatehouse.support.IdpWebhookCaller;
import io.gatehouse.support.PullClient;
import io.gatehouse.support.ScimClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the fixture of {@link UpgradeTest} by a gateway of a commit:
 *
 * <pre>
 * git worktree add --detach /tmp/previous 84e19c0
 * (cd /tmp/previous &amp;&amp; ./mvnw -q package -DskipTests)
 * ./mvnw test -Psoak -Dtest=UpgradeFixtureSoak -Dcommit=84e19c0 -Dprevious=/tmp/previous
 * </pre>
 */
@EnabledIfSystemProperty(named = "commit", matches = ".+")
class UpgradeFixtureSoak {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String SECRET = "okta-hook-7Qm2v9Zs";
  static final String URN = "urn:example:hr:2.0:User";
  private static final String LEAVE = "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}";

  private static final String PERSON =
      "update person set purge_after = now() - interval '1 s' where id = '%s'";

  private final Path previous = Path.of(System.getProperty("previous", "/tmp/previous"));
  private final UpgradeFixture fixture =
      new UpgradeFixture(UpgradeFixture.ALL.resolve(System.getProperty("commit", "none")));
  private final ObjectNode access = Json.object();

  @TempDir Path folder;
  private Gateway gateway;
  private DatabaseCopy database;
  private ScimClient idp;
  private IdpWebhookCaller okta;
  private UUID ada;
  private UUID grace;
  private UUID late;
  private UUID engineers;

  @Test
  void writesWhatTheOldGatewayLeavesBehind() throws Exception {
    Files.createDirectories(fixture.migrations());
    copyMigrations();
    try (ExternalDatabase server = ExternalDatabase.start(folder.resolve("pg"));
        BrokerProcess broker = BrokerProcess.start(Gateway.temporaryFolder())) {
      GatewayProcess old =
          GatewayProcess.startOther(
              previous.resolve("target/classes"),
              Gateway.temporaryFolder(),
              Stream.of(
                      Stream.of(server.settings()),
                      Stream.of(broker.settings()),
                      Stream.of(UpgradeFixture.SECRET_KEY, UpgradeFixture.ERASURE_KEY))
                  .flatMap(it -> it)
                  .toList());
      try (BrokerView queues = BrokerView.of(broker);
          DatabaseCopy copy = new DatabaseCopy(server.url())) {
        gateway = old.client();
        database = copy;
        write(queues);
      } finally {
        old.stop();
      }
    }
  }

  private void copyMigrations() throws Exception {
    try (Stream<Path> files = Files.list(previous.resolve("src/main/resources/db/migration"))) {
      for (Path file : files.toList()) {
        Files.write(fixture.migrations().resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
  }

  private void write(BrokerView queues) throws Exception {
    PullClient training = begin();
    hold("inbox");
    hold(ChangeLog.LOCK);
    leaveBehind();
    access.put("at", Instant.now().toString());
    database.write(fixture.rows());
    database.run("delete from inbox where done_at is null");
    queues.copy("commands", "copy.commands");
    queues.copy("signals", "copy.signals");
    database.run("select pg_advisory_unlock_all()");
    changeEverything();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(kinds(messages(queues))).containsAll(allKinds()));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                database
                    .ask("select count(*) from change where published_at is null")
                    .equals(List.of("0")));
    fixture.messages(messages(queues));
    fixture.events(training.all(0, 500));
    fixture.access(access);
  }

  private void hold(String work) throws Exception {
    database.run("select pg_advisory_lock(hashtextextended('gatehouse." + work + "', 0))");
  }

  /** Users and groups, all announced. */
  private PullClient begin() {
    String tenant = gateway.tenant();
    Answer subscription = gateway.subscription(tenant, "training");
    access.put("tenant", tenant);
    access.put("user", subscription.json().path("username").asText());
    access.put("password", subscription.json().path("password").asText());
    define("{\"resourceType\":\"User\",\"attributes\":[{\"name\":\"badge\"}]}", tenant);
    idp = gateway.connection(tenant, "standard");
    access.put("connection", idp.connection()).put("token", idp.token());
    ada = created("ada@example.com");
    grace = created("grace@example.com");
    engineers = idp.createGroup("Engineers", ada).id();
    okta = okta(tenant, "okta");
    return PullClient.of(gateway, subscription);
  }

  private void define(String definition, String tenant) {
    assertThat(
            gateway
                .call(
                    "PUT",
                    "/admin/api/v1/tenants/" + tenant + "/schemas/" + URN,
                    Gateway.ADMIN_TOKEN,
                    definition)
                .status())
        .isEqualTo(200);
  }

  private IdpWebhookCaller okta(String tenant, String name) {
    ObjectNode wanted = Json.object().put("tenant", tenant).put("name", name).put("idp", "okta");
    wanted.putObject("settings").putArray("webhookSecret").add(SECRET);
    return new IdpWebhookCaller(gateway, gateway.admin("POST", "/connections", wanted).json());
  }

  private UUID created(String name) {
    ObjectNode user = user(name);
    user.withArray("schemas").add(URN);
    user.putObject(URN).put("badge", "B-1");
    return made(idp.create(user));
  }

  private static UUID made(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    return answer.id();
  }

  /** A change that is not announced, a parked command, and an event that waits in the inbox. */
  private void leaveBehind() throws Exception {
    late = created("late@example.com");
    access.put("late", late.toString());
    idp.patch(late, LEAVE);
    database.run(PERSON.formatted(late));

    IdpWebhookCaller braked = okta(access.path("tenant").asText(), "braked");
    ObjectNode brake = Json.object();
    brake.putObject("settings").putObject("brake").put("minimum", 0).put("percent", 0);
    gateway.admin("PATCH", "/connections/" + braked.connection(), brake);
    UUID stopped = made(braked.scim().create(user("mary@example.com").put("externalId", "00u9")));
    database.run("select pg_advisory_unlock(hashtextextended('gatehouse.inbox', 0))");
    leaves(braked, "00u9");
    await().atMost(PATIENCE).until(() -> database.ask("select id from parked_command").size() == 1);
    hold("inbox");

    UUID waiting = made(okta.scim().create(user("joan@example.com").put("externalId", "00u1")));
    made(okta.scim().create(user("jean@example.com").put("externalId", "00u2")));
    leaves(okta, "00u1");
    await()
        .atMost(PATIENCE)
        .until(() -> database.ask("select id from inbox where done_at is null").size() == 1);
    access.put("braked", braked.connection().toString());
    access.put("parked", stopped.toString()).put("waiting", waiting.toString());
  }

  private static void leaves(IdpWebhookCaller okta, String id) {
    String body =
        """
        {"data":{"events":[{"uuid":"%s","eventType":"user.lifecycle.deactivate",
         "outcome":{"result":"SUCCESS"},"target":[{"type":"User","id":"%s"}]}]}}"""
            .formatted(UUID.randomUUID(), id);
    assertThat(okta.post(body, "Authorization", SECRET).status()).isEqualTo(204);
  }

  /** One command of every kind at least. */
  private void changeEverything() {
    UUID new1 = created("new1@example.com");
    UUID new2 = created("new2@example.com");
    idp.patch(ada, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Countess\"}");
    idp.replace(grace, user("grace@example.com").put("title", "Admiral"));
    idp.delete(new1);
    made(idp.create(user("new1@example.com"))); // comes back under the same id
    UUID writers = idp.createGroup("Writers", ada, new1).id();
    idp.patchGroup(
        engineers,
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + grace + "\"}]}");
    idp.call("PUT", "/Groups/" + writers, ScimClient.group("Authors", new2));
    idp.call("DELETE", "/Groups/" + writers, null);
    for (String act : List.of("/enrol", "/release")) {
      govern("POST", new2, act);
    }
    govern("PUT", ada, "/hold");
    govern("DELETE", ada, "/hold");
    idp.delete(grace);
    govern("POST", grace, "/restore");
    UUID erased = created("erased@example.com");
    idp.delete(erased);
    govern("POST", erased, "/erase");
    leaves(okta, "00u2");
    gateway.call(
        "DELETE",
        "/admin/api/v1/tenants/"
            + access.path("tenant").asText()
            + "/schemas/"
            + URN
            + "?force=true",
        Gateway.ADMIN_TOKEN,
        null);
  }

  private void govern(String method, UUID user, String act) {
    assertThat(gateway.admin(method, "/users/" + user + act, null).status()).isBetween(200, 204);
  }

  private static List<String> allKinds() {
    return List.of(
        "signals",
        "create USER",
        "create GROUP",
        "replace USER",
        "replace GROUP",
        "modify USER",
        "modify GROUP",
        "delete USER",
        "delete GROUP",
        "conform USER",
        "govern ENROL",
        "govern RESTORE",
        "govern RELEASE",
        "govern HOLD",
        "govern LIFT_HOLD",
        "govern PURGE",
        "govern ERASE",
        "probe");
  }

  private static TreeSet<String> kinds(List<ObjectNode> messages) {
    TreeSet<String> kinds = new TreeSet<>();
    for (ObjectNode message : messages) {
      JsonNode text = Json.stored(message.path("text").asText());
      String op = text.path("op").asText();
      kinds.add(
          text.has("signals")
              ? "signals"
              : text.path("probe").asBoolean()
                  ? "probe"
                  : op + " " + text.path(op.equals("govern") ? "measure" : "type").asText());
    }
    return kinds;
  }

  /** All messages but those that a gateway makes of signals, and only some probes. */
  private static List<ObjectNode> messages(BrokerView queues) throws Exception {
    List<ObjectNode> all = new ArrayList<>();
    int probes = 0;
    for (String queue : List.of("commands", "signals")) {
      for (ClientMessage message : queues.messages("copy." + queue)) {
        String text = message.getReadOnlyBodyBuffer().readNullableSimpleString().toString();
        JsonNode json = Json.stored(text);
        probes += json.path("probe").asBoolean() ? 1 : 0;
        if (!json.has("source") && (!json.path("probe").asBoolean() || probes < 3)) {
          all.add(
              Json.object()
                  .put("queue", queue)
                  .put("group", message.getStringProperty("_AMQ_GROUP_ID"))
                  .put("text", text));
        }
      }
    }
    return all;
  }
}
