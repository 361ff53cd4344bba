package io.gatehouse.admin.explain;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Fixture;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An explanation says what a request then does, and does nothing. */
class ExplainTest {

  private static final Path FIXTURES = Path.of("src/test/resources/fixtures/scim");
  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** Answered before the request is read, or by its headers, of which an explanation has none. */
  private static final Set<Integer> BEFORE = Set.of(401, 412, 413, 415, 429);

  private static final List<String> TABLES =
      List.of(
          "change",
          "person",
          "person_group",
          "audit_entry",
          "command_outcome",
          "link_conflict",
          "parked_command");

  private final Gateway gateway = Gateway.shared();

  /** Each fourth of them; {@code ExplainSoak} takes all. */
  static Stream<Path> some() throws IOException {
    List<Path> all = fixtures().toList();
    return IntStream.range(0, all.size()).filter(it -> it % 4 == 1).mapToObj(all::get);
  }

  static Stream<Path> fixtures() throws IOException {
    try (Stream<Path> files = Stream.concat(folder("entra"), folder("okta"))) {
      return files.filter(it -> !it.toString().contains("119-")).sorted().toList().stream();
    }
  }

  private static Stream<Path> folder(String idp) throws IOException {
    return Files.list(FIXTURES.resolve(idp)).filter(it -> it.toString().endsWith(".json"));
  }

  @ParameterizedTest
  @MethodSource("some")
  void saysWhatTheRequestThenDoes(Path file) throws Exception {
    for (Fixture.Step step : Fixture.of(file, gateway).steps()) {
      ObjectNode request = step.request();
      boolean explained =
          WRITES.contains(request.path("method").asText())
              && !request.path("path").asText().contains("/Bulk");
      if (!explained) {
        step.run();
        continue;
      }
      Map<String, Long> before = counts(step.client());
      Answer explanation = explain(step.client(), request);
      assertThat(counts(step.client())).as("nothing is written").isEqualTo(before);
      long last = lastChange(step.client());

      step.run();

      if (!BEFORE.contains(step.answer().status())) {
        // What is silent is followed by a user who shows that nothing else comes.
        boolean silent = step.json().path("expect").path("stateUnchanged").asBoolean();
        List<Change> changes = silent ? List.of() : changes(step.client(), last);
        compare(explanation, step.answer(), changes);
      }
    }
  }

  private static void compare(Answer explanation, Answer real, List<Change> changes) {
    if (explanation.status() != 200) {
      assertThat(explanation.status()).isEqualTo(400);
      assertThat(real.status()).isEqualTo(400);
      return;
    }
    JsonNode decision = explanation.json().path("decision");
    assertThat(decision.path("status").asInt())
        .as(explanation.http().body())
        .isEqualTo(real.status());
    if (real.status() >= 400) {
      assertThat(decision.path("reason").asText()).isEqualTo(real.json().path("detail").asText());
      assertThat(decision.path("scimType")).isEqualTo(real.json().path("scimType"));
    }
    Set<String> types = new HashSet<>();
    explanation.json().path("events").forEach(it -> types.add(it.path("type").asText()));
    assertThat(types.isEmpty()).isEqualTo(changes.isEmpty());
    for (Change change : changes) {
      assertThat(types).contains(change.type());
      assertThat(explanation.json().path("changes")).isEqualTo(change.differences());
    }
  }

  private record Change(String type, JsonNode differences) {}

  private List<Change> changes(ScimClient client, long after) {
    return gateway
        .owner()
        .sql(
            """
            select c.resource_type, c.type, coalesce(c.data -> 'changes', '[]')::text as changes
              from change c join tenant t on t.id = c.tenant_id
             where t.slug = ? and c.id > ?
            """)
        .param(client.tenant())
        .param(after)
        .query(
            (row, n) ->
                new Change(
                    "gatehouse.%s.%s.v1"
                        .formatted(
                            row.getString("resource_type").toLowerCase(Locale.ROOT),
                            row.getString("type")),
                    Json.values(row.getString("changes").getBytes(StandardCharsets.UTF_8)).get(0)))
        .list();
  }

  private long lastChange(ScimClient client) {
    return gateway
        .owner()
        .sql(
            """
            select coalesce(max(c.id), 0) from change c join tenant t on t.id = c.tenant_id where t.slug = ?
            """)
        .param(client.tenant())
        .query(Long.class)
        .single();
  }

  private Map<String, Long> counts(ScimClient client) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String table : TABLES) {
      counts.put(
          table,
          gateway
              .owner()
              .sql(
                  "select count(*) from "
                      + table
                      + " where tenant_id = (select id from tenant where slug = ?)")
              .param(client.tenant())
              .query(Long.class)
              .single());
    }
    return counts;
  }

  @Test
  void queuesNothing() {
    ScimClient idp = gateway.connection("entra");
    Map<String, Long> before = counts(idp);

    explain(idp, "POST", "Users", user("ada@example.com"));

    await().during(Duration.ofSeconds(1)).until(() -> counts(idp).equals(before));
    assertThat(idp.find("userName eq \"ada@example.com\"").json().path("totalResults").asInt())
        .isZero();
  }

  @Test
  void showsWhatEachQuirkChanged() {
    ScimClient idp = gateway.connection("entra");
    ObjectNode sent = user("ada@example.com").put("active", "True");

    JsonNode explanation = explain(idp, "POST", "/scim/v2/Users", sent).json();

    JsonNode step = explanation.path("quirks").path(0);
    assertThat(step.path("quirk").asText()).isEqualTo("booleans-from-strings");
    assertThat(step.path("paths").path(0).asText()).isEqualTo("active");
    JsonNode change = step.path("changes").path(0);
    assertThat(change.path("path").asText()).isEqualTo("/body/active");
    assertThat(change.path("before").asText()).isEqualTo("True");
    assertThat(change.path("after")).isEqualTo(Json.MAPPER.valueToTree(true));
    assertThat(explanation.path("command").path("operation").asText()).isEqualTo("create");
    assertThat(explanation.path("command").path("body").path("active").isBoolean()).isTrue();
    assertThat(explanation.path("decision").path("result").asText()).isEqualTo("created");
    assertThat(explanation.path("events").findValuesAsText("profile"))
        .containsExactly("notice", "directory", "hr");
  }

  @Test
  void showsWhatAFilterBecomes() {
    ScimClient idp = gateway.connection("entra");

    JsonNode explanation =
        explain(idp, "GET", "https://id.example.com/scim/v2/Users?filter=&count=5", null).json();

    assertThat(explanation.path("quirks").path(0).path("quirk").asText())
        .isEqualTo("empty-parameters-as-none");
    assertThat(explanation.path("decision").path("result").asText()).isEqualTo("read");
  }

  @Test
  void saysToWhomANewUserIsLinkedAndWhoMustBeChosenFrom() {
    String tenant = gateway.tenant();
    ScimClient idp = gateway.connection(tenant, "okta");
    ScimClient other = gateway.connection(tenant, "okta");
    UUID taken = other.create(user("eve@example.com")).id();

    JsonNode decision =
        explain(idp, "POST", "Users", user("eve@example.com")).json().path("decision");

    assertThat(decision.path("result").asText()).isEqualTo("refused");
    assertThat(decision.path("status").asInt()).isEqualTo(409);
    assertThat(decision.path("scimType").asText()).isEqualTo("uniqueness");
    assertThat(decision.path("candidates").path(0).asText()).isEqualTo(taken.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TRACE|Users|{}|'method'",
        "POST||{}|'path'",
        "POST|ftp://x/Users?a=%zz|{}|percent",
        "POST|Us%00ers|{}|'path'",
        "POST|Users#x|{}|'path'",
        "POST|Bulk|{}|one of its operations",
        "POST|Users|{\"userName\": |well-formed",
        "POST|Users|[1]|one JSON object",
        "POST|Users||'body'",
        "PATCH|Users/x|{\"a\":1,\"a\":2}|well-formed"
      })
  void saysWhatIsWrongWithARequestThatIsNone(
      String method, String path, String body, String expected) {
    ScimClient idp = gateway.connection("entra");
    ObjectNode request = Json.object().put("method", method).put("path", path).put("body", body);

    Answer answer = explain(idp, request);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("detail").asText()).contains(expected);
  }

  @Test
  void refusesABodyOfMoreThanAMebibyte() {
    ScimClient idp = gateway.connection("entra");

    Answer answer =
        explain(idp, "POST", "Users", user("ada@example.com").put("title", "x".repeat(1 << 20)));

    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void explainsWhatNoAddressServes() {
    ScimClient idp = gateway.connection("okta");

    assertThat(explain(idp, "GET", "Nothing", null).json().path("decision").path("status").asInt())
        .isEqualTo(404);
    assertThat(explain(idp, "DELETE", "Users", null).json().path("decision").path("status").asInt())
        .isEqualTo(405);
  }

  @Test
  void explainsOnlyConnectionsThatThereAre() {
    ObjectNode request = Json.object().put("method", "GET").put("path", "Users");
    assertThat(
            gateway
                .admin("POST", "/connections/" + UUID.randomUUID() + "/explain", request)
                .status())
        .isEqualTo(404);
  }

  private Answer explain(ScimClient idp, String method, String path, ObjectNode body) {
    ObjectNode request = Json.object().put("method", method).put("path", path);
    if (body != null) {
      request.set("body", body);
    }
    return explain(idp, request);
  }

  private Answer explain(ScimClient idp, ObjectNode request) {
    return gateway.admin("POST", "/connections/" + idp.connection() + "/explain", request);
  }
}
