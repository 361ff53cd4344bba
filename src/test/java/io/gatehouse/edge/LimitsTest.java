package io.gatehouse.edge;

import static io.gatehouse.support.ScimClient.group;
import static io.gatehouse.support.ScimClient.patch;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is too long, too many or too much work is refused with a sentence, and stops nobody. */
class LimitsTest {

  /** What has no limit takes longer than this, or never ends; how fast it is, soaks measure. */
  private static final Duration IN_TIME = Duration.ofMinutes(1);

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("standard");
  private final Random random = new Random(7);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void refusesAUserNameThatNoIndexHoldsByEveryWayIn() {
    String name = text(2_700);
    UUID ada = idp.create(user(name())).id();

    expect("invalidValue", idp.create(user(name() + "x").put("userName", name)));
    expect("invalidValue", idp.create(user(name() + "y").put("userName", text(100_000))));
    expect("invalidValue", idp.replace(ada, user(name()).put("userName", name)));
    expect("invalidValue", idp.patch(ada, replace("userName", name)));
    expect("invalidValue", idp.patch(ada, replace(null, Json.object().put("userName", name))));
    expect("invalidValue", bulk(user(name()).put("userName", name)));
    Answer admin =
        gateway.admin(
            "POST", "/users", user(name()).put("userName", name).put("tenant", idp.tenant()));
    assertThat(admin.status()).isEqualTo(400);
    assertThat(admin.json().path("detail").asText()).contains("1000 characters");
    assertThat(imported("userName\n" + name + "\n").status()).isEqualTo(422);
  }

  @Test
  void refusesOtherKeysThatNoIndexHolds() {
    UUID ada = idp.create(user(name())).id();
    UUID nurses = idp.createGroup(name()).id();

    expect("invalidValue", idp.create(user(name()).put("externalId", text(3_000))));
    expect("invalidValue", idp.patch(ada, replace("externalId", text(3_000))));
    ObjectNode far = user(name());
    far.withArray("emails").addObject().put("type", "work").put("value", text(3_000));
    expect("invalidValue", idp.create(far));
    expect("invalidValue", idp.createGroup(text(3_000)));
    expect("invalidValue", idp.patchGroup(nurses, replace("displayName", text(3_000))));
    expect("invalidValue", idp.patchGroup(nurses, replace("externalId", text(3_000))));
    expect(
        "invalidValue",
        idp.patchGroup(
            nurses,
            "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}"
                .formatted(text(3_000))));
  }

  @Test
  void refusesLongNamesOfTenantsAndConnections() {
    ObjectNode tenant = Json.object().put("slug", "t" + name()).put("name", text(201));
    ObjectNode connection =
        Json.object().put("tenant", idp.tenant()).put("idp", "okta").put("name", text(100_000));

    assertThat(gateway.admin("POST", "/tenants", tenant).status()).isEqualTo(400);
    assertThat(gateway.admin("POST", "/connections", connection).status()).isEqualTo(400);
  }

  /** Each of these characters is eighteen in the form in which names are compared. */
  @Test
  void countsANameInTheFormInWhichItIsKept() {
    expect("invalidValue", idp.create(user(name()).put("userName", "\uFDFA".repeat(500))));
    expect("invalidValue", idp.create(user(name()).put("userName", "\u6F22".repeat(900))));
  }

  /** Each quirk looks at each name. */
  @Test
  void refusesAnObjectWithMoreAttributesThanAnySchemaHas() {
    UUID ada = idp.create(user(name())).id();
    ObjectNode many = Json.object();
    IntStream.range(0, 1_001).forEach(i -> many.put("note " + i, "x"));
    ObjectNode inside = user(name());
    inside.set("name", many);

    expect("tooMany", idp.create(user(name()).setAll(many)));
    expect("tooMany", idp.create(inside));
    expect("tooMany", idp.patch(ada, "{\"op\":\"add\",\"value\":%s}".formatted(many)));
    many.remove("note 0");
    Answer most = idp.patch(ada, "{\"op\":\"add\",\"value\":{\"name\":%s}}".formatted(many));
    assertThat(most.json().path("scimType").asText()).isNotEqualTo("tooMany");
  }

  @Test
  void keepsAndFindsTheLongestNames() {
    String longest = text(1_000);
    UUID ada = idp.create(user(name()).put("userName", longest).put("externalId", longest)).id();

    assertThat(idp.find("userName eq \"" + longest + "\"").json().path("totalResults").asInt())
        .isEqualTo(1);
    assertThat(idp.createGroup(longest, ada).status()).isEqualTo(201);
    expect("uniqueness", idp.create(user(name()).put("userName", longest)));
  }

  @Test
  void findsNobodyByAValueThatNobodyCanHave() {
    for (String attribute : List.of("userName", "externalId", "emails.value", "id")) {
      Answer found = idp.find(attribute + " eq \"" + text(3_900) + "\"");
      assertThat(found.status()).as(attribute).isEqualTo(200);
      assertThat(found.json().path("totalResults").asInt()).isZero();
    }
    assertThat(idp.findGroups("displayName eq \"" + text(3_900) + "\"").status()).isEqualTo(200);
  }

  @Test
  void refusesMoreElementsThanAResourceMayHave() {
    UUID ada = idp.create(user(name())).id();

    expect("tooMany", idp.create(withEmails(1_001)));
    expect("tooMany", idp.replace(ada, withEmails(1_001)));
    assertThat(idp.patch(ada, replace("emails", emails(900))).status()).isEqualTo(200);
    expect("tooMany", idp.patch(ada, add("emails", emails(101))));
    assertThat(idp.patch(ada, add("emails", emails(100))).status()).isEqualTo(200);
    expect("tooMany", bulk(withEmails(1_001)));
  }

  @Test
  void refusesADocumentThatGrowsWithoutEnd() {
    UUID ada = idp.create(user(name())).id();
    List<Integer> statuses = new ArrayList<>();
    Answer last = null;
    for (int i = 0; i < 5; i++) {
      last = idp.patch(ada, add("photos", List.of(Json.object().put("value", text(200_000)))));
      statuses.add(last.status());
    }

    assertThat(statuses).startsWith(200, 200).endsWith(400);
    expect("tooMany", last);
    assertThat(idp.patch(ada, replace("active", Json.MAPPER.valueToTree(false))).status())
        .isEqualTo(200);
  }

  @Test
  void refusesMoreOperationsAndTermsThanMatter() {
    UUID ada = idp.create(user(name())).id();
    String[] many = new String[1_001];
    java.util.Arrays.fill(many, replace("title", "a"));

    expect("tooMany", idp.call("PATCH", "/Users/" + ada, patch(many)));
    expect("tooMany", idp.call("PATCH", "/Users/" + ada, work(243)));
  }

  /**
   * Somebody who has as many addresses as can be; the profile looks at each operation by itself.
   */
  @Test
  void endsAPatchThatIsTooMuchWorkAndLetsALeaverGoAllTheSame() {
    ScimClient entra = gateway.connection("entra");
    UUID ada = entra.create(withEmails(1_000)).id();

    Answer worked = inTime(() -> entra.call("PATCH", "/Users/" + ada, work(243)));
    expect("tooMany", worked);

    ObjectNode leaving = work(243);
    leaving
        .withArray("Operations")
        .addObject()
        .put("op", "replace")
        .put("path", "active")
        .put("value", false);
    assertThat(inTime(() -> entra.call("PATCH", "/Users/" + ada, leaving)).status()).isEqualTo(200);
    assertThat(entra.get(ada).json().path("active").asBoolean()).isFalse();
  }

  @Test
  void anInnocentTenantIsAnsweredMeanwhile() {
    ScimClient innocent = gateway.connection("entra");
    ScimClient attacker = gateway.connection("entra");
    Answer large = attacker.create(withEmails(12_000));
    UUID victim = large.status() == 201 ? large.id() : UUID.randomUUID();
    UUID ada = attacker.create(withEmails(1_000)).id();
    List<CompletableFuture<Answer>> attacks =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            attacker.call(
                                "PATCH", "/Users/" + (i % 2 == 0 ? ada : victim), work(243)),
                        threads))
            .toList();

    for (int i = 0; i < 20; i++) {
      assertThat(inTime(() -> innocent.create(user(name()))).status()).isEqualTo(201);
    }
    attacks.forEach(it -> assertThat(it.join().status()).isIn(400, 404));
  }

  /** All of these ids have the same hash code. */
  @Test
  void removesTensOfThousandsOfMembersThatLookAlike() {
    UUID nurses = idp.createGroup(name()).id();
    String members =
        IntStream.range(1, 60_000)
            .mapToObj(i -> "{\"value\":\"" + new UUID(i, i) + "\"}")
            .collect(Collectors.joining(",", "[", "]"));

    assertThat(
            inTime(
                    () ->
                        idp.patchGroup(
                            nurses,
                            "{\"op\":\"remove\",\"path\":\"members\",\"value\":" + members + "}"))
                .status())
        .isBetween(200, 204);
  }

  /** And so do all of these texts. */
  @Test
  void readsTensOfThousandsOfMembersThatLookAlike() {
    String members =
        IntStream.range(0, 60_000)
            .mapToObj(i -> "{\"value\":\"" + lookalike(i) + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    String body = Json.text(group(name())).replaceFirst("}$", ",\"members\":" + members + "}");

    Answer answer = inTime(() -> gateway.call("POST", "/scim/v2/Groups", idp.token(), body));

    expect("invalidValue", answer);
  }

  /** The profile looks for what they may have meant, and records what it has left out. */
  @Test
  void readsPathsThatMeanNothing() {
    ScimClient entra = gateway.connection("entra");
    UUID ada = entra.create(user(name())).id();
    ObjectNode patch = patch(remove("[".repeat(250_000)));
    IntStream.range(0, 150)
        .forEach(
            i ->
                patch
                    .withArray("Operations")
                    .addObject()
                    .put("op", "remove")
                    .put("path", "emails[\"" + "\\\"".repeat(1_000)));
    patch
        .withArray("Operations")
        .addObject()
        .put("op", "replace")
        .put("path", "active")
        .put("value", false);

    Answer answer = inTime(() -> entra.call("PATCH", "/Users/" + ada, patch));

    assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
    assertThat(entra.get(ada).json().path("active").asBoolean()).isFalse();
  }

  @Test
  void endsARemovalThatLooksAtAllMembersTooOften() {
    UUID[] members =
        IntStream.range(0, 300).mapToObj(i -> idp.create(user(name())).id()).toArray(UUID[]::new);
    UUID nurses = idp.createGroup(name(), members).id();
    String[] removals = new String[1_000];
    java.util.Arrays.fill(removals, remove("members[" + terms("display co \"x\"", 40) + "]"));

    expect("tooMany", inTime(() -> idp.call("PATCH", "/Groups/" + nurses, patch(removals))));
    assertThat(idp.group(nurses).json().path("members")).hasSize(300);
  }

  /** Sizes around every limit, by every way: a success or a refusal, and never our fault. */
  @Test
  void answersAnySizeWithASuccessOrARefusal() {
    UUID ada = idp.create(user(name())).id();
    UUID nurses = idp.createGroup(name()).id();
    for (int i = 0; i < 8; i++) {
      int length = 900 + random.nextInt(2_200);
      int count = 950 + random.nextInt(100);
      String what = "length " + length + ", count " + count;
      for (Answer answer :
          List.of(
              idp.create(user(name()).put("userName", any(length))),
              idp.create(user(name()).put("externalId", any(length))),
              idp.patch(ada, replace("userName", any(length))),
              idp.patch(ada, add("emails", emails(count))),
              idp.patch(ada, remove("emails[value co \"" + random.nextInt(10) + "\"]")),
              idp.createGroup(any(length)),
              idp.patchGroup(nurses, replace("displayName", any(length))),
              idp.find("userName sw \"" + text(length) + "\""))) {
        assertThat(answer.status()).as(what + " " + answer.json()).isLessThan(500);
      }
    }
  }

  private Answer inTime(java.util.function.Supplier<Answer> call) {
    Instant begin = Instant.now();
    Answer answer = call.get();
    assertThat(Duration.between(begin, Instant.now())).isLessThan(IN_TIME);
    return answer;
  }

  private static void expect(String scimType, Answer answer) {
    assertThat(answer.json().path("scimType").asText()).as("%s", answer.json()).isEqualTo(scimType);
    assertThat(answer.status()).isEqualTo(scimType.equals("uniqueness") ? 409 : 400);
  }

  /** The answer to the one operation of a bulk request. */
  private Answer bulk(ObjectNode created) {
    ObjectNode bulk = Json.object();
    bulk.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
    bulk.putArray("Operations")
        .addObject()
        .put("method", "POST")
        .put("path", "/Users")
        .put("bulkId", "a")
        .set("data", created);
    Answer answer = idp.call("POST", "/Bulk", bulk);
    ObjectNode one = (ObjectNode) answer.json().path("Operations").path(0);
    return new Answer(one.path("status").asInt(), answer.http(), one.path("response"));
  }

  private Answer imported(String csv) {
    return gateway.send(
        java.net.http.HttpRequest.newBuilder(
                java.net.URI.create(
                    gateway.url("/admin/api/v1/users/import?tenant=" + idp.tenant())))
            .header("Authorization", "Bearer " + Gateway.ADMIN_TOKEN)
            .header("Content-Type", "text/csv")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(csv))
            .build());
  }

  /** What looks at every address as often as one request can say it. */
  private static ObjectNode work(int operations) {
    String[] all = new String[operations];
    java.util.Arrays.fill(all, remove("emails[" + terms("value co \"zz\"", 200) + "].type"));
    return patch(all);
  }

  private static String terms(String term, int count) {
    return String.join(" or ", java.util.Collections.nCopies(count, term));
  }

  private static String remove(String path) {
    return Json.text(Json.object().put("op", "remove").put("path", path));
  }

  private static String replace(String path, Object value) {
    return operation("replace", path, value);
  }

  private static String add(String path, Object value) {
    return operation("add", path, value);
  }

  private static String operation(String op, String path, Object value) {
    ObjectNode operation = Json.object().put("op", op);
    if (path != null) {
      operation.put("path", path);
    }
    return Json.text(operation.set("value", Json.MAPPER.valueToTree(value)));
  }

  private ObjectNode withEmails(int count) {
    ObjectNode user = user(name());
    user.set("emails", Json.MAPPER.valueToTree(emails(count)));
    return user;
  }

  private List<ObjectNode> emails(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Json.object().put("value", text(12) + "@x.com").put("type", "other"))
        .toList();
  }

  private String name() {
    return text(20);
  }

  /** What no compression makes shorter. */
  private String text(int length) {
    return random
        .ints(length, 0, 36)
        .mapToObj(i -> Integer.toString(i, 36))
        .collect(Collectors.joining());
  }

  private String any(int length) {
    return random.nextBoolean() ? text(length) : text(length - 300) + "\u6F22\uFDFA".repeat(150);
  }

  /** "Aa" and "BB" have the same hash code. */
  private static String lookalike(int number) {
    return IntStream.range(0, 17)
        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }
}
